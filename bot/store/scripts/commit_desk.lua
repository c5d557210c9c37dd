-- One decision about the desk as a whole, all or nothing.
-- KEYS: 1 handled, 2 changes, 6 board, 7 wakes, 8 outbox, 9 sequence (3-5 unused); ARGV as in commit.lua.
if redis.call('EXISTS', KEYS[1]) == 1 then return 'handled' end
local d = cjson.decode(ARGV[1])
if tonumber(redis.call('HGET', KEYS[2], 'version') or '0') ~= d.version then return 'conflict' end

redis.call('SET', KEYS[1], '1', 'PX', d.remember)
redis.call('HSET', KEYS[2], 'version', d.version + 1, 'changes', d.changes)
-- The decision was made from a board that has moved on: it is looked at again soon.
if tonumber(redis.call('HGET', KEYS[2], 'touched') or '0') ~= d.touched then
  d.wake = math.min(d.wake or math.huge, d.at + 1000)
end
if d.wake then redis.call('ZADD', KEYS[7], d.wake, d.woken) else redis.call('ZREM', KEYS[7], d.woken) end

if d.rouses then
  for _, client in ipairs(redis.call('HKEYS', KEYS[6])) do redis.call('ZADD', KEYS[7], 'LT', d.at, d.woken .. client) end
end

for _, key in ipairs(d.forgotten) do
  redis.call('HDEL', ARGV[2] .. 'lessons:' .. d.desk, key)
  redis.call('ZREM', ARGV[2] .. 'taught:' .. d.desk, key)
end

--@enqueue
return 'ok'
