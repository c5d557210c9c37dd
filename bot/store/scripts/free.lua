-- The workers are gone: what they had leased is for anybody again, at once.
-- KEYS: 1 leased, 2 ready:urgent, 3 ready:calm, 4 wakes; ARGV: 1 now, 2 when the last of their leases would end (ms).
-- A chat that waits for another reason (its pace, Telegram's patience) is not in the set and goes on waiting.
for _, lane in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local ends = redis.call('ZSCORE', KEYS[2], lane) or redis.call('ZSCORE', KEYS[3], lane)
  if not ends or tonumber(ends) <= tonumber(ARGV[2]) then
    redis.call('ZADD', KEYS[2], 'XX', 'LT', ARGV[1], lane)
    redis.call('ZADD', KEYS[3], 'XX', 'LT', ARGV[1], lane)
    redis.call('SREM', KEYS[1], lane)
  end
end
-- Which wake-ups were leased is not told apart from those that are due soon: a thread woken early sleeps on.
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '(' .. ARGV[1], ARGV[2])) do
  redis.call('ZADD', KEYS[4], ARGV[1], member)
end
return 1
