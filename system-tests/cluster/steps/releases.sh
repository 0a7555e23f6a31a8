# shellcheck shell=bash
step_failed-migration() {
    # The migration's job of the production profile, on the bundled database, with a migration that the tables refuse.
    local before after
    before=$(k get pods -l app=backend -o name)
    k exec tidings-postgresql-0 -- psql -U postgres -h /var/run/postgresql -d tidings -c "UPDATE backend.flyway_schema_history SET checksum = checksum + 1 WHERE installed_rank = (SELECT max(installed_rank) FROM backend.flyway_schema_history WHERE checksum IS NOT NULL)"
    refused 'checksum mismatch' h upgrade tidings "$CHART" -f "$VALUES" -f "$here/values-jobs.yaml" --wait --timeout 5m
    k exec tidings-postgresql-0 -- psql -U postgres -h /var/run/postgresql -d tidings -c "UPDATE backend.flyway_schema_history SET checksum = checksum - 1 WHERE installed_rank = (SELECT max(installed_rank) FROM backend.flyway_schema_history WHERE checksum IS NOT NULL)"
    after=$(k get pods -l app=backend -o name)
    [ "$before" = "$after" ] || { echo "pods were replaced"; return 1; }
    k delete job backend-migration # it stays for its log
    h upgrade tidings "$CHART" -f "$VALUES" --wait --timeout 5m
    echo "the upgrade failed with the migration's own message, no pod was replaced"
}

left() { # everything of ours in the namespace, but for what every namespace has
    k get "$(in_cluster kubectl api-resources --namespaced --verbs=list -o name | grep -v -e '^events' -e metrics | paste -sd,)" -o name --ignore-not-found 2>/dev/null |
        grep -v -e '^configmap/kube-root-ca.crt$' -e '^serviceaccount/default$' || true
}

uninstalled() {
    h uninstall tidings --wait --timeout 5m
    k wait --for=delete pod --all --timeout=3m || true
}
# The guide's clean-up, in two parts.
forget_secrets() { k delete secret -l app.kubernetes.io/part-of=tidings; }
forget_data() { k delete pvc -l 'app in (tidings-postgresql, tidings-kafka)'; }

as_ada() { # options of curl for /api/tasks
    [ -n "$OWN" ] || { forward backend 8000; sleep 3; }
    in_cluster curl -sS --fail "http://$(address backend 8000)/api/tasks" -H "Authorization: Bearer $(in_cluster "$root/charts/token" ada --namespace "$NAMESPACE")" "$@"
    stop_clients
}

step_uninstall() {
    as_ada -H 'Content-Type: application/json' -d '{"title":"Keep this"}'
    uninstalled
    left | tee "$target/left"
    local surplus
    surplus=$(grep -v -e '^secret/tidings-' -e '^persistentvolumeclaim/data-tidings-' "$target/left" || true)
    [ -z "$surplus" ] || { echo "left: $surplus"; return 1; }
    echo "left: $(grep -c '^secret' "$target/left") Secrets and $(grep -c '^persistentvolumeclaim' "$target/left") volumes, as documented"
}

step_reinstall() {
    h install tidings "$CHART" -f "$VALUES" --wait --timeout 15m
    as_ada | grep -o 'Keep this' | head -n 1
    echo "ada's task is there; $(restarts) restarts, of sidecars $(restarts daprd)"
    [ "$(restarts)" -eq 0 ]
}

step_clean-reinstall() {
    uninstalled
    forget_secrets
    refused 'volume data-tidings-postgresql-0 holds the database' h install tidings "$CHART" -f "$VALUES" --wait --timeout 15m
    forget_data
    [ -z "$(left)" ] || { echo "left: $(left)"; return 1; }
    h install tidings "$CHART" -f "$VALUES"
    # A first start that is interrupted must not leave half a database.
    until_true 120 making_the_database
    k delete pod tidings-postgresql-0 --grace-period=1
    rolled_out
    h test tidings
    echo "refused while only the Secrets were gone; installed and tested after the volumes went too, with PostgreSQL's pod deleted while it made the database; $(restarts) restarts, of sidecars $(restarts daprd)"
    [ "$(restarts)" -eq 0 ]
}
making_the_database() { k exec tidings-postgresql-0 -- test -e /var/lib/postgresql/data/unfinished; }

migrations() { k exec tidings-postgresql-0 -- psql -U postgres -h /var/run/postgresql -d tidings -At -c 'SELECT (SELECT count(*) FROM backend.flyway_schema_history) + (SELECT count(*) FROM delivery.flyway_schema_history)'; }

step_upgrade() {
    [ -n "$OWN" ] || { echo "not tried: the images of the release before are not in the cluster"; return; }
    uninstalled
    forget_secrets
    forget_data
    # The values of that release may ask for more than two CPUs have.
    h install tidings "$target/before/charts/tidings" -f "$target/before/charts/tidings/values-minikube.yaml" --set image.tag="$BEFORE" --wait --timeout 15m \
        --set dapr.resources.requests.cpu=10m,serviceDefaults.resources.requests.cpu=10m \
        --set services.backend.resources.requests.cpu=30m,services.websocket-service.resources.requests.cpu=30m
    local migrated
    migrated=$(migrations)
    under_load h upgrade tidings "$CHART" -f "$VALUES" --wait --timeout 15m
    [ "$(migrations)" -gt "$migrated" ] || { echo "nothing was migrated"; return 1; }
    echo "from $BEFORE, $(($(migrations) - migrated)) migrations; $(tail -n 1 "$target/summary")"
}

step_rollback() {
    [ -n "$OWN" ] || { echo "not tried: the images of the release before are not in the cluster"; return; }
    under_load h rollback tidings --wait --timeout 15m
    k get deployment backend -o jsonpath='{.spec.template.spec.containers[0].image}' | grep ":$BEFORE\$"
    echo "to $BEFORE on the new tables; $(tail -n 1 "$target/summary")"
}
