{{/* The services and topics of Tidings: files/topology.yaml, which is generated. Argument: root. */}}
{{- define "tidings.topology" -}}
{{- .Files.Get "files/topology.yaml" -}}
{{- end -}}

{{/* All settings of a service: the topology's row, the defaults, and the row of values.yaml. Arguments: root, name. */}}
{{- define "tidings.service" -}}
{{- $facts := index (include "tidings.topology" .root | fromYaml).services .name -}}
{{- $row := mergeOverwrite $facts (deepCopy .root.Values.serviceDefaults) (deepCopy (get .root.Values.services .name | default dict)) -}}
{{- toYaml $row -}}
{{- end -}}

{{/* Labels of everything; argument: root. */}}
{{- define "tidings.labels" -}}
app.kubernetes.io/part-of: tidings
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{/* Image of a service; arguments: root, image. */}}
{{- define "tidings.image" -}}
{{ .root.Values.image.registry }}{{ .image }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end -}}

{{- define "tidings.pullSecrets" -}}
{{- with .Values.image.pullSecrets -}}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end -}}
{{- end -}}

{{- define "tidings.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "tidings.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
privileged: false
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Where the parts outside are; the bundled ones have fixed names. */}}
{{- define "tidings.databaseUrl" -}}
{{- $parameters := .Values.database.parameters -}}
{{- /* By itself the driver looks for authorities in a file of the user's home, which there is not. */ -}}
{{- if and (contains "sslmode=verify" $parameters) (not (regexMatch "sslrootcert|sslfactory" $parameters)) -}}
{{- $parameters = printf "%s&%s" $parameters (.Values.secrets.ca | empty | ternary "sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory" "sslrootcert=/etc/tidings/ca/ca.crt") -}}
{{- end -}}
jdbc:postgresql://{{ include "tidings.databaseAddress" . }}/{{ .Values.database.name }}{{ with $parameters }}?{{ . }}{{ end }}
{{- end -}}

{{- define "tidings.databaseAddress" -}}
{{- .Values.bundled.enabled | ternary "tidings-postgresql" .Values.database.host | required "database.host: the host of PostgreSQL" }}:{{ .Values.database.port }}
{{- end -}}

{{- define "tidings.brokers" -}}
{{- .Values.bundled.enabled | ternary "tidings-kafka:9092" .Values.kafka.brokers | required "kafka.brokers: host:port of one or more brokers" -}}
{{- end -}}

{{- define "tidings.redisAddress" -}}
{{- .Values.bundled.enabled | ternary "tidings-redis:6379" .Values.redis.address | required "redis.address: host:port of Redis" -}}
{{- end -}}

{{/* The socket's address outside, where the chart knows it. */}}
{{- define "tidings.socketUrl" -}}
{{- with .Values.ingress -}}
{{- if .enabled }}{{ .tlsSecret | empty | ternary "ws" "wss" }}://{{ .host }}/ws{{ end -}}
{{- end -}}
{{- end -}}

{{/* Environment of a service's container, and of its migration. Arguments: root, name, service. */}}
{{- define "tidings.env" -}}
{{- $values := .root.Values -}}
- {name: SERVER_PORT, value: {{ .service.port | quote }}}
- {name: TIDINGS_PROFILE, value: {{ $values.profile | quote }}}
- {name: TIDINGS_LOG_LEVEL, value: {{ $values.logLevel | quote }}}
- {name: TIDINGS_DB_URL, value: {{ include "tidings.databaseUrl" .root | quote }}}
- {name: TIDINGS_DB_USER, value: {{ .service.databaseRole | quote }}}
- name: TIDINGS_DB_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ $values.secrets.database }}, key: {{ .service.databaseRole }}}}
- name: DAPR_API_TOKEN
  valueFrom: {secretKeyRef: {name: {{ $values.secrets.apiToken }}, key: token}}
- name: APP_API_TOKEN
  valueFrom: {secretKeyRef: {name: {{ $values.secrets.appToken }}, key: token}}
{{- with $values.tracing.endpoint }}
- {name: TIDINGS_TRACING_ENDPOINT, value: {{ . | quote }}}
- {name: TIDINGS_TRACING_SAMPLE, value: {{ $values.tracing.sample | quote }}}
{{- end }}
{{- if .service.worker }}
- {name: TIDINGS_WORKER, value: {{ .name }}}
{{- else }}
- {name: TIDINGS_JWT_ISSUER, value: {{ $values.jwt.issuer | quote }}}
- {name: TIDINGS_JWT_AUDIENCE, value: {{ $values.jwt.audience | quote }}}
{{- with $values.jwt.jwksUrl }}
- {name: TIDINGS_JWT_JWKS_URL, value: {{ . | quote }}}
{{- end }}
{{- if $values.jwt.hs256 }}
- name: TIDINGS_JWT_HS256_SECRET
  valueFrom: {secretKeyRef: {name: {{ $values.secrets.jwt }}, key: hs256}}
{{- end }}
- {name: TIDINGS_ALLOWED_ORIGINS, value: {{ $values.allowedOrigins | quote }}}
{{- end }}
{{- if eq .name "backend" }}
{{- with $values.secrets.payments }}
- name: TIDINGS_PAYMENT_WEBHOOK_SECRET
  valueFrom: {secretKeyRef: {name: {{ . }}, key: webhook}}
{{- end }}
- {name: TIDINGS_DELIVER_WITHIN, value: "{{ $values.monitoring.deliverWithin }}s"}
- {name: TIDINGS_DEMO_DATA, value: {{ $values.demoData | quote }}}
- {name: TIDINGS_DEMO_SIGN_IN, value: {{ $values.demoSignIn | quote }}}
{{- if and $values.demoSignIn $values.ingress.enabled }}
- {name: TIDINGS_DEMO_HOSTS, value: {{ $values.ingress.host | quote }}}
{{- end }}
{{- with $values.tracing.viewerUrl }}
- {name: TIDINGS_TRACE_VIEWER, value: {{ . | quote }}}
{{- end }}
{{- with $values.pages.apiUrl }}
- {name: TIDINGS_API_URL, value: {{ . | quote }}}
{{- end }}
{{- with $values.pages.socketUrl | default (include "tidings.socketUrl" .root) }}
- {name: TIDINGS_SOCKET_URL, value: {{ . | quote }}}
{{- end }}
{{- end }}
{{- if .service.internalPort }}
- {name: TIDINGS_INSECURE, value: {{ $values.insecure | quote }}}
- {name: TIDINGS_INTERNAL_PORT, value: {{ .service.internalPort | quote }}}
- name: TIDINGS_REPLICA_NAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- name: POD_IP
  valueFrom: {fieldRef: {fieldPath: status.podIP}}
- {name: TIDINGS_INTERNAL_ADDRESS, value: "$(POD_IP):{{ .service.internalPort }}"}
- name: TIDINGS_CLUSTER_SECRET
  valueFrom: {secretKeyRef: {name: {{ $values.secrets.cluster }}, key: secret}}
{{- end }}
{{- range $name, $value := .service.env }}
- {name: {{ $name }}, value: {{ $value | quote }}}
{{- end }}
{{- end -}}

{{/* What Dapr's injector reads from a pod; the names of variables are those of dapr-components. Arguments: root, name, service. */}}
{{- define "tidings.daprAnnotations" -}}
{{- $values := .root.Values -}}
{{- $env := list (printf "KAFKA_BROKERS=%s" (include "tidings.brokers" .root)) -}}
{{- $env = append $env (printf "KAFKA_AUTH_TYPE=%s" $values.kafka.authType) -}}
{{- $env = append $env (printf "KAFKA_DISABLE_TLS=%t" $values.kafka.disableTls) -}}
{{- $env = append $env (printf "KAFKA_CONSUMER_GROUP=%s" .service.consumerGroup) -}}
{{- $env = append $env (printf "KAFKA_FETCH_MIN_BYTES=%v" .service.fetchMinBytes) -}}
{{- $env = append $env (printf "REDIS_ADDRESS=%s" (include "tidings.redisAddress" .root)) -}}
{{- $env = append $env (printf "REDIS_TLS=%t" $values.redis.tls) -}}
{{- $secretEnv := list -}}
{{- if $values.secrets.ca }}{{ $env = append $env "SSL_CERT_FILE=/etc/tidings/ca/ca.crt" }}{{ end -}}
{{- /* What there is no value for is empty: a sidecar warns of a variable that it does not know. */ -}}
{{- $env = append $env "REDIS_USERNAME=" -}}
{{- with $values.secrets.redis -}}
{{- $secretEnv = append $secretEnv (printf "REDIS_PASSWORD=%s:password" .) -}}
{{- else -}}
{{- $env = append $env "REDIS_PASSWORD=" -}}
{{- end -}}
{{- with $values.secrets.kafka -}}
{{- $secretEnv = concat $secretEnv (list (printf "KAFKA_SASL_USERNAME=%s:username" .) (printf "KAFKA_SASL_PASSWORD=%s:password" .)) -}}
{{- else -}}
{{- $env = concat $env (list "KAFKA_SASL_USERNAME=" "KAFKA_SASL_PASSWORD=") -}}
{{- end -}}
dapr.io/enabled: "true"
dapr.io/app-id: {{ .name }}
dapr.io/app-port: {{ .service.port | quote }}
dapr.io/app-protocol: http
dapr.io/config: tidings
dapr.io/log-level: {{ $values.dapr.logLevel }}
# Off by decision: a sidecar that probes its app can lose its subscriptions (docs/adr/0011). Kubernetes' own probes restart a dead app.
dapr.io/enable-app-health-check: "false"
dapr.io/app-token-secret: {{ $values.secrets.appToken }}
dapr.io/api-token-secret: {{ $values.secrets.apiToken }}
dapr.io/env: {{ join "," $env | quote }}
{{- if $values.secrets.ca }}
dapr.io/volume-mounts: ca:/etc/tidings/ca
{{- end }}
{{- with $secretEnv }}
dapr.io/env-from-secret: {{ join "," . | quote }}
{{- end }}
dapr.io/disable-builtin-k8s-secret-store: "true"
dapr.io/block-shutdown-duration: {{ printf "%ds" (add $values.shutdown.preStop $values.shutdown.app | int) }}
dapr.io/graceful-shutdown-seconds: {{ $values.shutdown.sidecar | quote }}
dapr.io/enable-metrics: "true"
dapr.io/metrics-port: "9090"
dapr.io/sidecar-seccomp-profile-type: RuntimeDefault
dapr.io/sidecar-listen-addresses: 127.0.0.1
dapr.io/sidecar-cpu-request: {{ $values.dapr.resources.requests.cpu | quote }}
dapr.io/sidecar-cpu-limit: {{ $values.dapr.resources.limits.cpu | quote }}
dapr.io/sidecar-memory-request: {{ $values.dapr.resources.requests.memory | quote }}
dapr.io/sidecar-memory-limit: {{ $values.dapr.resources.limits.memory | quote }}
{{- with $values.dapr.sidecarImage }}
dapr.io/sidecar-image: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* The Secrets that are read, each with its keys. */}}
{{- define "tidings.secretKeys" -}}
{{- $secrets := .Values.secrets -}}
{{- $keys := dict $secrets.appToken (list "token") $secrets.apiToken (list "token") $secrets.cluster (list "secret") -}}
{{- $_ := set $keys $secrets.database (.Values.bundled.enabled | ternary (list "backend" "websocket" "postgres") (list "backend" "websocket")) -}}
{{- if .Values.jwt.hs256 }}{{ $_ := set $keys $secrets.jwt (list "hs256") }}{{ end -}}
{{- with $secrets.payments }}{{ $_ := set $keys . (list "webhook") }}{{ end -}}
{{- with $secrets.redis }}{{ $_ := set $keys . (list "password") }}{{ end -}}
{{- with $secrets.kafka }}{{ $_ := set $keys . (list "username" "password") }}{{ end -}}
{{- with $secrets.ca }}{{ $_ := set $keys . (list "ca.crt") }}{{ end -}}
{{- toYaml $keys -}}
{{- end -}}

{{/* Where a container finds the authorities of secrets.ca, and the volume for it. */}}
{{- define "tidings.caMount" -}}
{{- if .Values.secrets.ca -}}
- {name: ca, mountPath: /etc/tidings/ca, readOnly: true}
{{- end -}}
{{- end -}}

{{- define "tidings.caVolume" -}}
{{- with .Values.secrets.ca -}}
- name: ca
  secret: {secretName: {{ . }}, items: [{key: ca.crt, path: ca.crt}]}
{{- end -}}
{{- end -}}

{{/* The variables that files/scripts/create-topics.sh reads. */}}
{{- define "tidings.topicsEnv" -}}
- {name: TOPICS, value: {{ join " " (concat (include "tidings.topology" . | fromYaml).topics .Values.topics.names | uniq) | quote }}}
- {name: PARTITIONS, value: {{ .Values.topics.partitions | quote }}}
- {name: REPLICATION_FACTOR, value: {{ .Values.topics.replicationFactor | quote }}}
{{- end -}}

{{- /* A quantity of Kubernetes, such as 500m or 2Gi, as a number. */ -}}
{{- define "tidings.quantity" -}}
{{- $text := toString . -}}
{{- $number := regexFind "^[0-9.]+" $text | float64 -}}
{{- $factors := dict "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 -}}
{{- mulf $number (get $factors (regexReplaceAll "^[0-9.]+" $text "") | default 1.0) -}}
{{- end -}}

{{- /* What the pods of the services request of a resource of a ResourceQuota, sidecars included; empty for resources that are not counted here. */ -}}
{{- define "tidings.requested" -}}
{{- $key := get (dict "pods" "pods" "cpu" "cpu" "requests.cpu" "cpu" "memory" "memory" "requests.memory" "memory") .resource -}}
{{- if $key -}}
{{- $sum := 0.0 -}}
{{- $root := .root -}}
{{- range $name := keys (include "tidings.topology" $root | fromYaml).services -}}
{{- $service := include "tidings.service" (dict "root" $root "name" $name) | fromYaml -}}
{{- $one := 1.0 -}}
{{- if ne $key "pods" -}}
{{- $one = addf (include "tidings.quantity" (get $service.resources.requests $key) | float64) (include "tidings.quantity" (get $root.Values.dapr.resources.requests $key) | float64) -}}
{{- end -}}
{{- $sum = addf $sum (mulf $one (float64 $service.replicas)) -}}
{{- end -}}
{{- $sum -}}
{{- end -}}
{{- end -}}
