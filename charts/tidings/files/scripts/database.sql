-- Lays the database out: a schema for each owner, a role for each schema. The devkit does the same for a local run
-- (TidingsDatabase); a test compares the two. With psql, as a superuser, once:
--   psql -v ON_ERROR_STOP=1 -v backend="'…'" -v websocket="'…'" -f database.sql "postgresql://…/tidings"
CREATE ROLE backend LOGIN PASSWORD :backend;
CREATE ROLE websocket LOGIN PASSWORD :websocket;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA backend AUTHORIZATION backend;
CREATE SCHEMA delivery AUTHORIZATION websocket;
CREATE EXTENSION btree_gist SCHEMA backend;
ALTER ROLE backend IN DATABASE :"DBNAME" SET search_path = backend;
ALTER ROLE websocket IN DATABASE :"DBNAME" SET search_path = delivery;
ALTER DATABASE :"DBNAME" SET search_path = backend, delivery, public;
-- Workers use the role backend; those that publish have a schema of their own for their outbox.
-- Below this line `make generated` writes what dev.tidings.topology declares. Edit the topology instead.
CREATE SCHEMA purchase_worker AUTHORIZATION backend;
CREATE SCHEMA session_worker AUTHORIZATION backend;
CREATE SCHEMA notification_service AUTHORIZATION backend;
CREATE SCHEMA recurring_task_service AUTHORIZATION backend;
