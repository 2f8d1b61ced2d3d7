module larger/histories

open histories

check everyState for 2 but 1 Vm, 3 Connection, 10..10 steps expect 0
check begunAtMostOnce for 2 but 1 Vm, 3 Connection, 10..10 steps expect 0
