module without/notes

/** What an agent has begun it remembers only as long as it lives. */
open behaviour
open properties

pred restartsBlank[j: Job] {
  noted' = noted - j->Attempt + j->j.domains
  forgets[j]
}

pred variant { init and always (step or some j: Job | restartsBlank[j]) }

check begunOnceStays { variant implies always begunOnce }
  for 1 but 2 Connection, 11..11 steps expect 1
