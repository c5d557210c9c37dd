-- An outgoing was sent or given up: it leaves the outbox, and its chat rests before the next.
-- KEYS: 1 outbox, 2 tries, 3 queue, 4 pace; ARGV: 1 place, 2 lane, 3 ready again at, 4 pace, 5 the shard's key prefix,
-- 6 how long a shown message is remembered, 7 client, 8... keys of shown messages. A second settling does nothing.
if redis.call('ZREM', KEYS[3], ARGV[1]) == 0 then return 0 end
local id = string.sub(ARGV[1], 18)
redis.call('HDEL', KEYS[1], id)
redis.call('HDEL', KEYS[2], id)
for i = 8, #ARGV do redis.call('SET', ARGV[i], ARGV[7], 'PX', ARGV[6]) end

redis.call('ZREM', ARGV[5] .. 'ready:urgent', ARGV[2])
redis.call('ZREM', ARGV[5] .. 'ready:calm', ARGV[2])
redis.call('SREM', ARGV[5] .. 'leased', ARGV[2])
local head = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')
if #head > 0 then
  redis.call('ZADD', ARGV[5] .. 'ready:' .. (tonumber(head[2]) == 0 and 'urgent' or 'calm'), ARGV[3], ARGV[2])
end
if tonumber(ARGV[4]) > 0 then redis.call('SET', KEYS[4], ARGV[3], 'PX', ARGV[4]) end
return 1
