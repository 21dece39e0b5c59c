# The hosts of deploy/test/run; sourced by it. Everything that is made here is made in $work and in $namespace, and
# tear_down ends processes by the numbers noted here, so that nothing else can be hit.
# shellcheck shell=bash disable=SC2154

hosts=(n1 n2 n3)
credentials= # assignments before a command on a host, once passwords are asked for
extra= # settings of the inventory that a check has added, as lines of YAML
play_pid=

say() { printf '[%4ds] %s\n' $((SECONDS - started)) "$*"; }
fail() {
  say "FAILED: $*" >&2
  exit 1
}
address() { echo "198.18.0.${1#n}"; }
in_lab() { nsenter --net="/run/netns/$namespace" "$@"; }
on() { in_lab ssh -F "$work/ssh_config" "$@"; }

# await SECONDS WHAT COMMAND...: repeats the command until it succeeds; on a busy machine that may take longer.
await() {
  local deadline=$((SECONDS + $1 * patience)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || fail "waited in vain until $what"
    sleep 0.5
  done
}

make_base() {
  [[ ! -d $base ]] || return 0
  say "making the hosts' base system in $base (once)"
  rm -rf "$base.new"
  debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,python3,iproute2,openssh-server bookworm \
    "$base.new" http://deb.debian.org/debian >"$work/debootstrap.log" 2>&1 || {
    tail -n 5 "$work/debootstrap.log" >&2
    skip "no base system: debootstrap failed"
  }
  mv "$base.new" "$base"
}

make_network() {
  ip netns add "$namespace"
  in_lab ip link set lo up
  in_lab ip link add br0 type bridge
  in_lab ip address add 198.18.0.254/24 dev br0
  in_lab ip link set br0 up
}

# Mounts the root of host $1: the base below, what the host writes above.
make_host() {
  local root=$work/$1/root
  mkdir -p "$work/$1"/{root,upper,scratch}
  mount -t overlay "raftwood-lab-$1" -o "lowerdir=$base,upperdir=$work/$1/upper,workdir=$work/$1/scratch" "$root"
  echo "$1" >"$root/etc/hostname"
  rm -f "$root/etc/machine-id"
  mkdir -p "$root/root/.ssh" "$root/etc/systemd/network" "$root/etc/systemd/system/multi-user.target.wants"
  install -m 600 "$work/key.pub" "$root/root/.ssh/authorized_keys"
  printf '[Match]\nName=host0\n[Network]\nAddress=%s/24\nLinkLocalAddressing=no\n' "$(address "$1")" \
    >"$root/etc/systemd/network/10-host0.network"
  ln -sf /lib/systemd/system/systemd-networkd.service "$root/etc/systemd/system/multi-user.target.wants/"
  # A disk of its own for the data, small enough to be filled.
  truncate -s 2G "$work/$1/disk"
  mkfs.ext4 -q -F "$work/$1/disk"
  mkdir -p "$work/$1/data"
  mount -o loop "$work/$1/disk" "$work/$1/data"
}

power_on() {
  nsenter --net="/run/netns/$namespace" systemd-nspawn -q -D "$work/$1/root" -b --register=no --keep-unit --network-bridge=br0 --machine="rw-$1" \
    --bind="$work/$1/data:/var/lib/raftwood" </dev/null >>"$work/$1/console" 2>&1 &
  host_pid[$1]=$!
}

# The host is gone from one moment to the next; its disk stays as it is.
power_off() {
  local init
  # systemd-nspawn's death alone leaves the host running; that of the host's process 1 ends all that runs in it.
  for init in $(ps -o pid= --ppid "${host_pid[$1]}"); do kill -KILL "$init"; done
  kill -KILL "${host_pid[$1]}" 2>/dev/null || true
  wait "${host_pid[$1]}" 2>/dev/null || true
  unset "host_pid[$1]"
}

write_ssh_config() {
  local host
  {
    printf 'Host *\n  User root\n  IdentityFile %s\n  StrictHostKeyChecking no\n' "$work/key"
    printf '  UserKnownHostsFile /dev/null\n  LogLevel ERROR\n  ConnectTimeout 5\n  BatchMode yes\n'
    for host in "${hosts[@]}"; do printf 'Host %s\n  HostName %s\n' "$host" "$(address "$host")"; done
  } >"$work/ssh_config"
}

bring_up() {
  local host
  make_base
  ssh-keygen -q -t ed25519 -N '' -f "$work/key"
  make_network
  for host in "${hosts[@]}"; do
    make_host "$host"
    power_on "$host"
  done
  write_ssh_config
  for host in "${hosts[@]}"; do await 90 "$host answers" on "$host" true; done
  say "three hosts are up"
}

write_inventory() {
  mkdir -p "$work/inventory"
  {
    printf 'raftwood:\n  hosts:\n'
    for host in "${hosts[@]}"; do printf '    %s: {ansible_host: %s}\n' "$host" "$(address "$host")"; done
    printf '  vars:\n    ansible_user: root\n    ansible_ssh_common_args: -F %s\n' "$work/ssh_config"
    printf '    raftwood_cluster_name: lab\n    raftwood_insecure: true\n    raftwood_heap: 256m\n%s' "$extra"
  } >"$work/inventory/hosts.yml"
}

# play NAME ARGUMENT...: runs deploy/ansible/NAME.yml; its output is in $work/play.log.
play() {
  local name=$1
  shift
  (cd "$repo/deploy/ansible" && in_lab env ANSIBLE_CONFIG="$repo/deploy/ansible/ansible.cfg" ANSIBLE_NOCOLOR=1 \
    ANSIBLE_LOCAL_TEMP="$work/ansible" ansible-playbook -i "$work/inventory" "$name.yml" \
    -e "raftwood_tarball=${raftwood_tarball:-$deployed}" "$@") </dev/null >"$work/play.log" 2>&1
}
must_play() {
  local began=$SECONDS
  play "$@" || { tail -n 60 "$work/play.log" >&2 && fail "$1.yml"; }
  sed -n '/^PLAY RECAP/,$p' "$work/play.log" | sed '/^$/d'
  say "$1.yml took $((SECONDS - began)) s"
}

endpoints() { printf '198.18.0.1:8082,198.18.0.2:8082,198.18.0.3:8082'; }
not_ready() { ! ready "$1"; }
ready() { in_lab curl -sf -o "$work/readyz" "http://$(address "$1"):8082/readyz"; }
all_equal() { on "${1:-n1}" "$credentials" raftwood admin check -e "$(endpoints)" --timeout 60; }

# Scrapes the three nodes and evaluates the alert rules as they are shipped; without Prometheus nothing is watched.
start_prometheus() {
  local host targets=()
  if ! command -v prometheus >/dev/null; then
    say "no prometheus on the path: alerts are not watched (Debian: apt-get install prometheus)"
    return 0
  fi
  for host in "${hosts[@]}"; do targets+=("\"$(address "$host"):8082\""); done
  {
    printf 'global: {scrape_interval: 5s, scrape_timeout: 4s, evaluation_interval: 5s}\n'
    printf 'rule_files: ["%s"]\n' "$repo/deploy/monitoring/alerts.yml"
    printf 'scrape_configs:\n  - job_name: raftwood\n    static_configs: [{targets: [%s]}]\n' "$(IFS=, && echo "${targets[*]}")"
  } >"$work/prometheus.yml"
  nsenter --net="/run/netns/$namespace" prometheus --config.file="$work/prometheus.yml" \
    --storage.tsdb.path="$work/tsdb" --web.listen-address=198.18.0.254:9090 </dev/null >"$work/prometheus.log" 2>&1 &
  prometheus_pid=$!
}
# All alerts that fire, one a line: name, then instance and group where it has them.
firing() {
  in_lab curl -sf http://198.18.0.254:9090/api/v1/alerts | python3 -c '
import json, sys
for alert in json.load(sys.stdin)["data"]["alerts"]:
    if alert["state"] == "firing":
        labels = alert["labels"]
        print(labels["alertname"], labels.get("instance", "-").split(":")[0], labels.get("group", "-"))' | sort -u
}
fires() { firing | grep -qE "^($1) ($(address "$2")|-) "; }
quiet() { ! fires "$1" "$2"; }
# await_alert ALERTS HOST: waits until one of ALERTS (a|b|c) fires for the host or for the whole cluster.
await_alert() {
  [[ -n $prometheus_pid ]] || return 0
  await 240 "$1 fires for $2" fires "$1" "$2"
  firing | sed 's/^/fires: /'
}
await_no_alert() {
  [[ -n $prometheus_pid ]] || return 0
  await 240 "$1 ends for $2" quiet "$1" "$2"
  say "$1 does not fire for $2 any more"
}

start_load() {
  # Not by in_lab: the number noted must be that of the program itself, not of a shell around it.
  nsenter --net="/run/netns/$namespace" python3 "$here/load.py" "$(endpoints)" \
    >"$work/load.json" 2>"$work/load.err" &
  load_pid=$!
}
# Ends the load, prints what it saw, and returns its verdict.
end_load() {
  local code=0
  kill -TERM "$load_pid"
  wait "$load_pid" || code=$?
  load_pid=
  cat "$work/load.json" "$work/load.err"
  return "$code"
}

tear_down() {
  local code=$? host
  set +e
  if ((code != 0 && code != 77)); then
    for host in "${!host_pid[@]}"; do
      echo "--- journal of $host"
      timeout 20 nsenter --net="/run/netns/$namespace" ssh -F "$work/ssh_config" "$host" \
        journalctl -u raftwood -n 25 --no-pager -o cat 2>&1
    done >&2
  fi
  [[ -z $load_pid ]] || end_load
  for host in "${!host_pid[@]}"; do power_off "$host"; done
  [[ -z $prometheus_pid ]] || { kill "$prometheus_pid" && wait "$prometheus_pid"; }
  # A playbook that is still under way ends by itself when no host answers.
  [[ -z $play_pid ]] || wait "$play_pid"
  for host in "${hosts[@]}" n4 package; do
    mountpoint -q "$work/$host/data" && umount "$work/$host/data"
    mountpoint -q "$work/$host/root" && umount "$work/$host/root"
  done
  [[ ! -e /run/netns/$namespace ]] || ip netns delete "$namespace"
  if awk -v at="$work/" 'index($2, at) == 1 { found = 1 } END { exit !found }' /proc/mounts; then
    echo "deploy/test/run: something is still mounted below $work; nothing is deleted there" >&2
  else
    rm -rf "$work"
  fi
  exit "$code"
}
