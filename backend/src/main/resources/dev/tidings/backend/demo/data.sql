-- Courses, trainers and products for a first look. Written at every start, and changes nothing that is there already.

INSERT INTO courses (id, title, skill, description) VALUES
    ('course-java', 'Java from the Ground Up', 'java', 'Records, streams and virtual threads, in exercises of an hour.'),
    ('course-python', 'Python for Curious People', 'python', 'From the first loop to a program that does your homework.'),
    ('course-math', 'Mathematics without Fear', 'math', 'Algebra, geometry and calculus at your own pace.'),
    ('course-physics', 'Physics of Everyday Things', 'physics', 'Why bicycles stay upright, and what else moves us.'),
    ('course-english', 'English for Work', 'english', 'Talk, write and negotiate with confidence.'),
    ('course-piano', 'Piano for Adults', 'piano', 'Play a first piece after four weeks.')
ON CONFLICT DO NOTHING;

INSERT INTO course_tiers (course_id, tier, price)
SELECT course.id, tier, round(tier * 25.00 * (1 - (tier - 10) * 0.005), 2)
FROM courses course, unnest(ARRAY[10, 20, 30]) tier
WHERE course.id IN ('course-java', 'course-python', 'course-math', 'course-physics', 'course-english', 'course-piano')
ON CONFLICT DO NOTHING;

-- trainer-1 … trainer-600, a third of them in each of three parts of the world, so that somebody works at every hour.
INSERT INTO trainers (id, name, time_zone)
SELECT 'trainer-' || n,
       (ARRAY['Ada', 'Björn', 'Chen', 'Dalia', 'Emeka', 'Freya', 'Giulia', 'Hiro', 'Inés', 'Jonas',
              'Kavya', 'Liam', 'Mei', 'Noor', 'Olga', 'Priya', 'Quentin', 'Rosa', 'Samir', 'Tove'])[1 + n % 20]
           || ' ' ||
       (ARRAY['Abe', 'Bianchi', 'Castro', 'Dubois', 'Eriksen', 'Fischer', 'García', 'Haddad', 'Ivanova', 'Jensen',
              'Khan', 'Lopez', 'Murphy', 'Nakamura', 'Okafor', 'Patel', 'Rossi', 'Schmidt', 'Tanaka', 'Usman',
              'Varga', 'Weber', 'Xu', 'Yilmaz', 'Zhang', 'Almeida', 'Brown', 'Cohen', 'Diallo', 'Evans'])[1 + (n - 1) / 20],
       (ARRAY['Europe/Berlin', 'America/New_York', 'Asia/Tokyo'])[1 + n % 3]
FROM generate_series(1, 600) n
ON CONFLICT DO NOTHING;

-- Each teaches three of the six; trainer-1 teaches Java.
INSERT INTO trainer_skills (skill, trainer_id)
SELECT (ARRAY['java', 'python', 'math', 'physics', 'english', 'piano'])[1 + (n / 3 + k) % 6], 'trainer-' || n
FROM generate_series(1, 600) n, generate_series(0, 2) k
ON CONFLICT DO NOTHING;

INSERT INTO trainer_availability (trainer_id, day_of_week, from_time, to_time)
SELECT 'trainer-' || n, day, '07:00', '22:00'
FROM generate_series(1, 600) n, generate_series(1, 7) day
ON CONFLICT DO NOTHING;

INSERT INTO products (sku, name, unit_price, active) VALUES
    ('BOOK-1', 'Notebook, dotted', 4.90, true),
    ('CUP', 'Cup', 7.00, true),
    ('INK-5', 'Inkwell', 12.00, true),
    ('LAMP-3', 'Desk lamp', 39.95, true),
    ('MUG-1', 'Mug', 9.50, true),
    ('PEN-7', 'Fountain pen', 24.00, true),
    ('TEA', 'Green tea', 4.45, true),
    ('TEA-2', 'Green tea, 250 g', 7.50, true),
    ('TEA-100', 'Green tea, 100 g', 12.25, true),
    ('QUILL-0', 'Quill', 3.20, false)
ON CONFLICT DO NOTHING;
