-- One decision about a client, all or nothing.
-- KEYS: 1 handled, 2 thread, 3 ledger, 4 folder, 5 order, 6 board, 7 wakes, 8 outbox, 9 sequence; ARGV: 1 the decision as
-- JSON, 2 the shard's key prefix. Returns 'ok', 'handled' (a second delivery of the same event) or 'conflict'.
if redis.call('EXISTS', KEYS[1]) == 1 then return 'handled' end
local d = cjson.decode(ARGV[1])
if tonumber(redis.call('HGET', KEYS[2], 'version') or '0') ~= d.version then return 'conflict' end

redis.call('SET', KEYS[1], '1', 'PX', d.remember)
redis.call('HSET', KEYS[2], 'version', d.version + 1, 'thread', d.thread)

-- How many are promised an answer by each moment: this client leaves the place it had for the one it has now.
local dues, was = ARGV[2] .. 'due:' .. d.desk, redis.call('HGET', KEYS[2], 'due')
local due = d.due and string.format('%.0f', d.due)
if was and was ~= due then
  redis.call('HDEL', KEYS[2], 'due')
  if tonumber(redis.call('ZINCRBY', dues, -1, was)) <= 0 then redis.call('ZREM', dues, was) end
end
if due and was ~= due then
  redis.call('HSET', KEYS[2], 'due', due)
  redis.call('ZINCRBY', dues, 1, due)
end

for _, entry in ipairs(d.entries) do
  -- A clock that was set back must not lose the entry: the server's own next id serves then.
  local added = redis.pcall('XADD', KEYS[3], d.at .. '-*', 'entry', entry)
  if type(added) == 'table' and added.err then redis.call('XADD', KEYS[3], '*', 'entry', entry) end
end

for _, filed in ipairs(d.filed) do
  local count = redis.call('HLEN', KEYS[4])
  if redis.call('HSET', KEYS[4], filed.message, filed.json) == 1 then
    redis.call('ZADD', KEYS[5], filed.item, string.format('%010d:%s', count, filed.message))
  end
end

redis.call('HSET', ARGV[2] .. 'clients:' .. d.desk, d.client, d.name)
if d.waiting then redis.call('HSET', KEYS[6], d.client, d.waiting) else redis.call('HDEL', KEYS[6], d.client) end
-- What was set aside is listed from the threads themselves: here is only whose they are, the latest of them.
local aside = ARGV[2] .. 'aside:' .. d.desk
if d.aside then
  redis.call('ZADD', aside, d.aside, d.client)
  redis.call('ZREMRANGEBYRANK', aside, 0, -d.aside_listed - 1)
else
  redis.call('ZREM', aside, d.client)
end
if d.wake then redis.call('ZADD', KEYS[7], d.wake, d.woken) else redis.call('ZREM', KEYS[7], d.woken) end

-- What the owner's tap taught, in place of an earlier lesson about the same item.
if d.lesson then
  local lessons, taught = ARGV[2] .. 'lessons:' .. d.desk, ARGV[2] .. 'taught:' .. d.desk
  redis.call('HSET', lessons, d.lesson.key, d.lesson.json)
  redis.call('ZADD', taught, d.lesson.at, d.lesson.key)
  for _, key in ipairs(redis.call('ZRANGE', taught, 0, -d.lesson.kept - 1)) do
    redis.call('HDEL', lessons, key)
    redis.call('ZREM', taught, key)
  end
end

if d.desk_wake then
  redis.call('HINCRBY', ARGV[2] .. 'changes:' .. d.desk, 'touched', 1)
  redis.call('ZADD', KEYS[7], 'LT', d.desk_wake, d.desk .. '|')
end

--@enqueue
return 'ok'
