-- The product catalogue: names and prices of what can be ordered. An order copies both, so a change here leaves it as it is.
CREATE TABLE products (
    sku        text PRIMARY KEY CHECK (sku ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
    name       text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    -- Before tax.
    unit_price numeric(8, 2) NOT NULL CHECK (unit_price > 0),
    -- Whether it can be ordered. A product is never removed.
    active     boolean NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);
