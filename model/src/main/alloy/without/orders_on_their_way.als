module without/orders_on_their_way

/** An attempt that is being stopped and that no report tells of counts as gone, though its orders may be unread yet. */
open behaviour
open properties

pred missedWhileStopping[a: Attempt] {
  a in stage.STOPPING
  unknownToAgent[a]
  over[a]
}

pred variant { init and always (step or some a: Attempt | missedWhileStopping[a]) }

check overIsOver { variant implies always overHasNoDomain }
  for 1 but 8..8 steps expect 1

check oneDomainStays { variant implies always oneDomain }
  for 1 but 2 Lease, 2 Job, 2 Attempt, 2 Connection, 12..12 steps expect 1
