-- At approval and at hand-over, delivered by now or not.
INSERT INTO delivery_risks (assessed_at, order_id, moment, probability, expected_at, earliest_at, latest_at, promised_at, seller_id,
                            product_id, region, grade)
SELECT at, order_id, moment, chance, promised + (chance - 0.5) * INTERVAL '3 days', promised - INTERVAL '2 days',
       promised + INTERVAL '2 days', promised, 'seller-' || product % 200, 'product-' || product, region,
       (ARRAY['A', 'B', 'C'])[1 + product % 3]
FROM made, LATERAL (VALUES ('APPROVAL', t1, power(fate, 4) * 0.9), ('HAND_OVER', t4, power(fate, 3) * 0.9)) AS told (moment, at, chance)
WHERE at IS NOT NULL
ORDER BY at
