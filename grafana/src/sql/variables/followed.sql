SELECT CASE WHEN sequenced_to = '-infinity' THEN 'nothing yet'
            ELSE to_char(sequenced_to AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC' END AS followed
FROM sequence_state
