module tidings.dev/system-tests/cluster/pause

go 1.26
