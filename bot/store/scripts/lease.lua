-- Lease outgoings, at most one a chat, chats with something urgent first.
-- KEYS: 1 outbox, 2 tries; ARGV: 1 now, 2 limit, 3 lease, 4 the shard's key prefix. Returns triples: body, place, tries before.
local leased, left = {}, tonumber(ARGV[2])
for _, name in ipairs({ 'urgent', 'calm' }) do
  local ready = ARGV[4] .. 'ready:' .. name
  for _, lane in ipairs(redis.call('ZRANGEBYSCORE', ready, '-inf', ARGV[1], 'LIMIT', 0, left)) do
    local place = redis.call('ZRANGE', ARGV[4] .. 'queue:' .. lane, 0, 0)[1]
    if place then
      local id = string.sub(place, 18)
      redis.call('ZADD', ready, ARGV[1] + ARGV[3], lane)
      redis.call('SADD', ARGV[4] .. 'leased', lane)
      leased[#leased + 1] = redis.call('HGET', KEYS[1], id)
      leased[#leased + 1] = place
      leased[#leased + 1] = redis.call('HINCRBY', KEYS[2], id, 1) - 1
      left = left - 1
    else
      redis.call('ZREM', ready, lane)
    end
  end
end
return leased
