#!/bin/sh
# Records tapes/lunch.cast anew: a hub, a recorder, and a kitchen that sends for some seconds.
# A project of its own would start its server here and point `podium record` at it.
set -eu
cd "$(dirname "$0")"
podium=${PODIUM:-podium}
hub=http://127.0.0.1:${PORT:-7841}

send() { # subject, type, data
  "$podium" send "$2" --subject "$1" --data "$3" --source kitchen/main --hub "$hub"
}

"$podium" hub --listen "${hub#http://}" &
hub_process=$!
trap 'kill $hub_process' EXIT
sleep 1
rm -f tapes/lunch.cast
"$podium" record "$hub" -o tapes/lunch.cast --duration 12 &
recorder=$!
sleep 1

for station in grill:Grill fryer:Fryer; do
  send "station/${station%:*}" dev.podium.kds.station.updated \
    '{"station":"'"${station%:*}"'","name":"'"${station#*:}"'","state":"active","maxOrders":8}'
done
for order in 101 102; do
  send "order/$order" dev.podium.kds.order.created \
    '{"order":"'$order'","number":"'$order'","state":"new","table":"T'${order#10}'","items":[
      {"item":"'$order'-1","name":"Burger","qty":2},{"item":"'$order'-2","name":"Fries","qty":1}]}'
  send "ticket/$order:grill" dev.podium.kds.ticket.fired \
    '{"ticket":"'$order':grill","order":"'$order'","station":"grill","items":["'$order'-1"]}'
  send "ticket/$order:fryer" dev.podium.kds.ticket.fired \
    '{"ticket":"'$order':fryer","order":"'$order'","station":"fryer","items":["'$order'-2"]}'
  sleep 2
done
send ticket/101:grill dev.podium.kds.ticket.bumped \
  '{"ticket":"101:grill","order":"101","station":"grill"}'
send station/fryer dev.podium.kds.station.updated \
  '{"station":"fryer","name":"Fryer","state":"paused","maxOrders":8}'
wait "$recorder"
