-- Notices into the outbox (pasted into the commits). A chat's queue is ordered by urgency, then by arrival; the chat stands
-- in one of two sets of chats that are ready, scored by the moment from which it may be written to.
for _, out in ipairs(d.outgoings) do
  redis.call('HSET', KEYS[8], out.id, out.json)
  local queue = ARGV[2] .. 'queue:' .. out.lane
  local place = string.format('%016d|%s', redis.call('INCR', KEYS[9]), out.id)
  redis.call('ZADD', queue, out.urgent and 0 or 1, place)
  local known = redis.call('ZSCORE', ARGV[2] .. 'ready:urgent', out.lane) or redis.call('ZSCORE', ARGV[2] .. 'ready:calm', out.lane)
  local from = known or redis.call('GET', ARGV[2] .. 'pace:' .. out.lane) or d.at
  local urgent = tonumber(redis.call('ZRANGE', queue, 0, 0, 'WITHSCORES')[2]) == 0
  redis.call('ZREM', ARGV[2] .. 'ready:' .. (urgent and 'calm' or 'urgent'), out.lane)
  redis.call('ZADD', ARGV[2] .. 'ready:' .. (urgent and 'urgent' or 'calm'), from, out.lane)
end
