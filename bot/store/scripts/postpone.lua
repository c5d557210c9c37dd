-- An outgoing was not sent: its chat waits.
-- KEYS: 1 queue, 2 ready:urgent, 3 ready:calm, 4 leased; ARGV: 1 place, 2 lane, 3 until (ms).
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[2], 'XX', ARGV[3], ARGV[2])
redis.call('ZADD', KEYS[3], 'XX', ARGV[3], ARGV[2])
redis.call('SREM', KEYS[4], ARGV[2])
return 1
