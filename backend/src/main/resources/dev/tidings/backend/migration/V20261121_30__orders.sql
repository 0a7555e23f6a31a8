CREATE TABLE orders (
    -- UUIDv7: a list by id is a list by time of creation.
    order_id         uuid PRIMARY KEY,
    buyer_id         text NOT NULL,
    -- [{sku, name, quantity, unitPrice}, …] as they were ordered; never changed.
    items            jsonb NOT NULL CHECK (jsonb_typeof(items) = 'array'),
    subtotal         numeric(14, 2) NOT NULL CHECK (subtotal >= 0),
    tax              numeric(14, 2) NOT NULL CHECK (tax >= 0),
    total            numeric(14, 2) NOT NULL,
    status           text NOT NULL CHECK (status IN ('pending', 'processing', 'shipped', 'delivered', 'cancelled')),
    shipping_address text NOT NULL,
    cancel_reason    text,
    -- Counts the changes from 1; clients ignore an event with a version older than what they show.
    version          bigint NOT NULL CHECK (version > 0),
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    CHECK (total = subtotal + tax),
    CHECK ((status = 'cancelled') = (cancel_reason IS NOT NULL))
);

CREATE INDEX orders_by_buyer ON orders (buyer_id, order_id DESC);
CREATE INDEX orders_by_status ON orders (status, order_id DESC);
