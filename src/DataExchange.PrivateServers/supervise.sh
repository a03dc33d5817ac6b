# Run by sh with: LOG MODE STOP_SECONDS SIGNAL LAST_SIGNAL COMMAND... (MODE is "leash" or "stay"). Prints the server's process id.
# With "leash" it then waits on standard input, whose other end dx holds. When dx ends, however it ends (kill -9 too),
# the pipe closes and the server is shut down: by SIGNAL first, by LAST_SIGNAL when that takes longer than STOP_SECONDS.
log=$1 mode=$2 seconds=$3 signal=$4 last=$5
shift 5
"$@" >>"$log" 2>&1 </dev/null &
server=$!
echo "$server"
exec >/dev/null 2>&1
[ "$mode" = leash ] || exit 0
while read -r _; do :; done
kill -"$signal" "$server"
waited=0
while kill -0 "$server"; do
  [ "$waited" -eq $((seconds * 10)) ] && kill -"$last" "$server"
  sleep 0.1
  waited=$((waited + 1))
done
