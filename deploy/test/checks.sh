# The checks of deploy/test/run; sourced by it.
# shellcheck shell=bash disable=SC2154

# What a node with a full data disk is told of by.
readonly full_disk_alerts='RaftwoodNodeDown|RaftwoodRestarts|RaftwoodDisk[A-Za-z]*'

# The archive under another checksum, as a release of its own in $work/$1: an empty gzip member more, which bears its name.
other_release() {
  mkdir -p "$work/$1"
  : >"$work/$1/$1"
  { cat "$tarball" && gzip -c "$work/$1/$1"; } >"$work/$1/$(basename "$tarball")"
}

# Three bare hosts to a cluster that serves; before all checks.
deploy() {
  must_play site
  for host in n1 n2 n3; do ready "$host" || fail "$host is not ready"; done
  in_lab curl -sf -X PUT --data-binary hello "http://198.18.0.1:8082/put?key=greeting" >/dev/null || fail "put"
  [[ $(in_lab curl -sf "http://198.18.0.3:8082/get?key=greeting") = hello ]] || fail "get"
  say "written through n1, read through n3"
}

check_site() {
  must_play site
  [[ $(grep -c 'changed=0 ' "$work/play.log") = 3 ]] || fail "the second run changed something"
  say "the second run changed nothing"

  must_play site --check --diff -e '{"raftwood_settings": {"log": {"level": "debug"}}}'
  grep -E '^[+-]' "$work/play.log" | grep -vE '^(\+\+\+|---) ' | sort | uniq -c | tee "$work/diff"
  [[ $(tr -s ' ' <"$work/diff") = $' 3 + level: debug\n 3 +log:' ]] || fail "the diff is not what was changed"
  ! on n1 grep -q debug /etc/raftwood/raftwood.yaml || fail "--check changed something"
  say "--check showed exactly the change, and changed nothing"

  must_play site -e '{"raftwood_settings": {"log": {"level": "debug"}}}'
  must_play site
  say "a changed setting was brought in and out, one restart at a time"
  on n1 systemd-analyze security --no-pager raftwood.service | tail -n 1
}

check_upgrade() {
  local other=$tarball
  if [[ $deployed = "$tarball" ]]; then
    other=$work/upgrade/$(basename "$tarball")
    other_release upgrade
  fi
  start_load
  sleep 5
  raftwood_tarball=$other must_play rolling-upgrade
  grep -oE 'n[0-9] leads [0-9]+' "$work/play.log" || true
  sleep 3
  end_load || fail "the load saw failures"
  all_equal
  on n1 readlink /opt/raftwood/current
  deployed=$other
  must_play rolling-upgrade
  say "a second run passed over all nodes"
}

# An upgrade under load in whose middle the node that would be the last loses its power.
check_trouble() {
  local other=$work/trouble/$(basename "$tarball") last code=0
  other_release trouble
  start_load
  : >"$work/play.log"
  raftwood_tarball=$other play rolling-upgrade &
  play_pid=$!
  await 600 "the first node runs the new release" grep -q 'Compare the state hashes' "$work/play.log"
  last=$(grep -oE 'n[0-9] leads [0-9]+' "$work/play.log" | tail -n 1 | cut -d ' ' -f 1)
  power_off "$last"
  wait "$play_pid" || code=$?
  play_pid=
  ((code != 0)) || fail "the upgrade did not stop although $last was off"
  grep -E '^(fatal|TASK.*(ready|equal|caught))' "$work/play.log" | tail -n 4 | cut -c 1-160
  for host in n1 n2 n3; do
    [[ $host = "$last" ]] || on "$host" "echo $host: \$(readlink /opt/raftwood/current)"
  done
  say "$last was off, and it stopped"
  power_on "$last"
  await 180 "$last is ready" ready "$last"
  raftwood_tarball=$other must_play rolling-upgrade
  deployed=$other
  end_load || fail "the load saw failures"
  all_equal
  say "it went on after the repair"
}

check_power() {
  start_load
  sleep 4
  power_off n1
  sleep 2
  ! ready n1 || fail "n1 still runs"
  sleep 8
  await_alert RaftwoodNodeDown n1
  power_on n1
  await 120 "n1 is ready" ready n1
  await_no_alert RaftwoodNodeDown n1
  sleep 3
  end_load || fail "the load saw failures"
  await 60 "all replicas are equal" all_equal n2
  all_equal n2
}

# First nobody reaches n2; then clients and Prometheus do, and the other nodes do not.
check_cut() {
  start_load
  sleep 4
  in_lab ip link set vb-rw-n2 down
  say "n2 is cut off from everybody"
  sleep 20
  await_alert RaftwoodNodeDown n2
  in_lab ip link set vb-rw-n2 up
  await 120 "n2 is ready" ready n2
  await_no_alert RaftwoodNodeDown n2

  on n2 'ip route add blackhole 198.18.0.1/32; ip route add blackhole 198.18.0.3/32'
  say "n2 is cut off from n1 and n3"
  await 60 "n2 says that it is not ready" not_ready n2
  in_lab curl -s 'http://198.18.0.2:8082/readyz?verbose' | grep '^\[-\]'
  await_alert RaftwoodNodeWithoutLeader n2
  on n2 'ip route del blackhole 198.18.0.1/32; ip route del blackhole 198.18.0.3/32'
  await 120 "n2 is ready" ready n2
  await_no_alert RaftwoodNodeWithoutLeader n2
  sleep 3
  end_load || fail "the load saw failures"
  await 60 "all replicas are equal" all_equal n1
  all_equal n1
}

check_replace() {
  must_play replace-node -e replace=n3 -e replace_confirmed=true
  sed -n '/Show the cluster/,/^PLAY/p' "$work/play.log"
  all_equal
}

check_disk() {
  on n2 'df -h /var/lib/raftwood; fallocate -l $(($(df --output=avail -B1 /var/lib/raftwood | tail -n 1) - 65536)) \
    /var/lib/raftwood/ballast'
  start_load
  sleep 20
  await_alert "$full_disk_alerts" n2
  on n2 'systemctl is-active raftwood; journalctl -u raftwood -n 3 --no-pager -o cat | cut -c 1-200' || true
  on n2 'rm /var/lib/raftwood/ballast; systemctl reset-failed raftwood; systemctl start raftwood'
  await 120 "n2 is ready" ready n2
  await_no_alert RaftwoodNodeDown n2
  sleep 3
  end_load || fail "the load saw failures"
  await 60 "all replicas are equal" all_equal n1
  all_equal n1
}

# A fourth host comes and goes while clients work.
check_grow() {
  make_host n4
  power_on n4
  hosts=(n1 n2 n3 n4)
  write_ssh_config
  write_inventory
  await 90 "n4 answers" on n4 true
  start_load
  must_play add-node -e node=n4
  sed -n '/Show the cluster/,/^PLAY/p' "$work/play.log"
  on n1 "$credentials" raftwood admin nodes list -o json -e "$(endpoints)" >"$work/nodes.json"
  python3 - "$work/nodes.json" <<'PY' || fail "n4 has no part in the data"
import json, sys
four = {node["name"]: node for node in json.load(open(sys.argv[1]))}
sys.exit(0 if len(four) == 4 and "data-0" in sum((four[n]["votes"] for n in four), []) else 1)
PY
  all_equal
  say "four nodes"
  must_play remove-node -e node=n4 -e node_confirmed=true
  hosts=(n1 n2 n3)
  write_inventory
  must_play site
  sleep 2
  end_load || fail "the load saw failures"
  all_equal
  ! on n1 "$credentials" raftwood admin nodes list -e "$(endpoints)" | grep -q n4 || fail "n4 is still there"
  power_off n4
  write_ssh_config
  say "and three again"
}

check_auth() {
  local status
  extra=$'    raftwood_auth: true\n    raftwood_admin_password: lab secret\n'
  write_inventory
  must_play site
  must_play site
  [[ $(grep -c 'changed=0 ' "$work/play.log") = 3 ]] || fail "the second run changed something"
  status=$(in_lab curl -s -o "$work/answer" -w '%{http_code}' "http://198.18.0.2:8082/get?key=greeting")
  [[ $status = 401 ]] || fail "without a password: $status"
  [[ $(in_lab curl -sf -u 'admin:lab secret' "http://198.18.0.2:8082/get?key=greeting") = hello ]] || fail "get with a password"
  ! on n1 "grep -rq 'lab secret' /etc/raftwood /var/log 2>/dev/null" || fail "the password is on the disk"
  credentials='RAFTWOOD_USER=admin RAFTWOOD_PASSWORD="lab secret"'
  all_equal
  say "the first user was made, and others are refused"
  extra=
  write_inventory
  must_play site
  credentials=
  [[ $(in_lab curl -sf "http://198.18.0.2:8082/get?key=greeting") = hello ]] || fail "get after auth"
}

check_backup() {
  local before after file
  in_lab curl -sf -X PUT --data-binary kept "http://198.18.0.1:8082/put?key=backup" >/dev/null || fail "put"
  must_play backup -e backup_fetch="$work/fetched"
  before=$(on n1 raftwood export - -e "$(endpoints)" | sort | sha256sum)
  file=$(find "$work/fetched" -name 'lab-*.backup')
  [[ -s $file ]] || fail "no backup was fetched"
  must_play destroy -e destroy_name=lab
  must_play site
  must_play restore -e backup="$file" -e backup_from=controller -e restore_name=lab
  after=$(on n1 raftwood export - -e "$(endpoints)" | sort | sha256sum)
  [[ $before = "$after" ]] || fail "what was restored differs"
  [[ $(in_lab curl -sf "http://198.18.0.3:8082/get?key=backup") = kept ]] || fail "get after restore"
  say "the restored cluster exports the same"
}

# The Debian package on a system of its own that is never booted.
check_package() {
  local root=$work/package/root deb
  deb=$(find "$(dirname "$tarball")" -maxdepth 1 -name 'raftwood_*_amd64.deb' | head -n 1)
  [[ -n $deb ]] || { say "no package beside $tarball; left out" && return 0; }
  mkdir -p "$work/package"/{root,upper,scratch}
  mount -t overlay raftwood-lab-package \
    -o "lowerdir=$base,upperdir=$work/package/upper,workdir=$work/package/scratch" "$root"
  in_lab systemd-nspawn -q -D "$root" --register=no --keep-unit --bind-ro="$deb:/raftwood.deb" bash -euc '
    dpkg -i /raftwood.deb
    getent passwd raftwood
    stat -c "%A %U:%G %n" /etc/raftwood /etc/raftwood/raftwood.yaml
    raftwood version
    runuser -u raftwood -- raftwood config validate --config /etc/raftwood/raftwood.yaml
    test ! -e /etc/systemd/system/multi-user.target.wants/raftwood.service && echo "not enabled"
    test -s /usr/share/man/man1/raftwood-admin-status.1.gz
    bash -n /usr/share/bash-completion/completions/raftwood
    echo "# mine" >>/etc/raftwood/raftwood.yaml
    dpkg -i /raftwood.deb >/dev/null
    grep -q "# mine" /etc/raftwood/raftwood.yaml && echo "an upgrade keeps the settings"
    install -d -o raftwood /var/lib/raftwood/data
    dpkg --purge raftwood
    test -d /var/lib/raftwood/data -a ! -e /etc/raftwood/raftwood.yaml -a ! -e /usr/lib/raftwood && echo "purge kept the data"
    dpkg -i /raftwood.deb >/dev/null
    RAFTWOOD_PURGE_DATA=yes dpkg --purge raftwood >/dev/null
    test ! -e /var/lib/raftwood && echo "and removed it when told to"
  ' </dev/null >"$work/package.log" 2>&1 || { cat "$work/package.log" >&2 && fail "the package"; }
  grep -v '^(Reading' "$work/package.log"
}
