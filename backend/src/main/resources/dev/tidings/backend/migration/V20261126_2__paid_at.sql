-- When the payment provider said that money was received. A cancelled payment that has it is money without a course: the student
-- had the course already, or had cancelled. Operators find it in the list of payments without a purchase, and pay it back.
ALTER TABLE payments ADD COLUMN paid_at timestamptz;
