-- Event numbers are handed out one at a time, in the transaction that uses them. A block that an orchestrator kept in memory
-- was given out a second time when the database died before anything that used it had been committed.
alter sequence event_seq increment by 1;
-- Beyond every block that has been given out.
select setval('event_seq', (select last_value from event_seq) + 100);
