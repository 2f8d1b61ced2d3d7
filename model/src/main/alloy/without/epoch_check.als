module without/epoch_check

/** An agent carries out whatever orders it reads. */
open behaviour
open properties

pred readsAnything[c: Connection] { obeys[c] }

pred variant { init and always (step or some c: Connection | readsAnything[c]) }

check epochsRise { variant implies always epochsOnlyRise }
  for 1 but 2 Connection, 7..7 steps expect 1
