# The checks of deploy/test/run; sourced by it.
# shellcheck shell=bash disable=SC2154

# The archive under another checksum, as a release of its own: same program, one more file.
other_release() {
  local copy=$work/other
  [[ ! -f $work/$(basename "$tarball") ]] || return 0
  mkdir "$copy"
  tar -C "$copy" -xzf "$tarball"
  echo "made by deploy/test" >"$copy"/raftwood-*/BUILD
  tar -C "$copy" -c . --transform 's:^\./::' | gzip -1 >"$work/$(basename "$tarball")"
  rm -r "$copy"
}

check_site() {
  must_play site
  for host in n1 n2 n3; do ready "$host" || fail "$host is not ready"; done
  in_lab curl -sf -X PUT --data-binary hello "http://198.18.0.1:8082/put?key=greeting" >/dev/null || fail "put"
  [[ $(in_lab curl -sf "http://198.18.0.3:8082/get?key=greeting") = hello ]] || fail "get"
  say "written through n1, read through n3"

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
  other_release
  start_load
  sleep 5
  raftwood_tarball=$work/$(basename "$tarball") must_play rolling-upgrade
  grep -E 'leads [0-9]' "$work/play.log" || true
  sleep 3
  end_load || fail "the load saw failures"
  all_equal
  on n1 readlink /opt/raftwood/current
  raftwood_tarball=$work/$(basename "$tarball") must_play rolling-upgrade
  say "a second run passed over all nodes"
}

# Back to the first archive; one of the nodes that have their turn later is gone.
check_trouble() {
  power_off n2
  ! play rolling-upgrade || fail "the upgrade did not stop although n2 is off"
  grep -E '^fatal' "$work/play.log" | cut -c 1-200
  say "it stopped"
  power_on n2
  await 120 "n2 is ready" ready n2
  must_play rolling-upgrade
  all_equal
  say "it went on after the repair"
}

check_power() {
  start_load
  sleep 4
  power_off n1
  sleep 10
  power_on n1
  await 120 "n1 is ready" ready n1
  sleep 3
  end_load || fail "the load saw failures"
  await 60 "all replicas are equal" all_equal n2
  all_equal n2
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
  on n2 'systemctl is-active raftwood; journalctl -u raftwood -n 3 --no-pager -o cat | cut -c 1-200' || true
  on n2 'rm /var/lib/raftwood/ballast; systemctl reset-failed raftwood; systemctl start raftwood'
  await 120 "n2 is ready" ready n2
  sleep 3
  end_load || fail "the load saw failures"
  await 60 "all replicas are equal" all_equal n1
  all_equal n1
}
