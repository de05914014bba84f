UPDATE alerts a SET status = 'RESOLVED', previous_status = 'ACK', version = 2, status_since = h.closed_at,
                    ops_operator = (ARRAY['kim', 'lee', 'park', 'choi'])[1 + a.alert_id % 4]
FROM holds h WHERE h.hold_id = a.hold_id AND h.closed_at IS NOT NULL
