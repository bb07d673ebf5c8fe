insert into pings (id, tenant, received_at, body_key, body)
values ($1::uuid, $2::text, $3::timestamptz, $4::bytea, $5::bytea)
on conflict (tenant, body_key) do update set repeats = pings.repeats + 1
returning id, repeats
