-- Lease the wake-ups that are due. KEYS: 1 wakes; ARGV: 1 now, 2 limit, 3 lease, all in ms but the limit.
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, member in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[1] + ARGV[3], member) end
return due
