# What does not fit between what the service says ($vms, $leases) and what is ($jobs of Slurm, $guests: QEMU processes).
# Nothing at all once the site has converged.

def word: .[0:8];
def domain: "anemone-\(.id | word)-\(.attempt)";
def job($id): $jobs[] | select(.id == $id);

def unfit:
  . as $vm
  | [$guests[] | select(.domain == ($vm | domain))] as $own
  | if .goal != "RUN" then "VM \(.id | word) shall end and is \(.phase)"
    # A guest's own boot is not the service's to shorten, and is waited for apart.
    elif .phase == "READY" or .phase == "RUNNING" or .phase == "BOOTING" and ($own | length) == 1 then
      if ($own | length) != 1 then "VM \(.id | word) is \(.phase) with \($own | length) QEMU processes"
      elif $own[0].node != .lease.node then "VM \(.id | word) is on \($own[0].node), not on \(.lease.node)"
      else empty end
    elif .phase == "QUEUED" then
      if [job(.lease.jobId) | select(.state == "PENDING")] == [] then "VM \(.id | word) is QUEUED and its job \(.lease.jobId) is not" else empty end
    elif .phase == "PENDING" and .path == "static" then empty
    else "VM \(.id | word) is \(.phase)" end;

def strayed:
  . as $guest
  | if any($vms[]; domain == $guest.domain) then empty else "\(.domain) on \(.node) belongs to no live VM" end;

def unbacked:
  if .phase as $phase | ["QUEUED", "ACTIVE", "DRAINING"] | index($phase) | not then "lease \(.id | word) is \(.phase)"
  elif [job(.jobId)] == [] then "lease \(.id | word) is \(.phase) and Slurm has no job \(.jobId)"
  elif .phase != "QUEUED" and (.connected | not) then "the agent of lease \(.id | word) is not connected"
  else empty end;

def unleased:
  . as $job
  | [$leases[] | select(.jobId == $job.id)] as $held
  | if ($held | length) != 1 then "job \(.id) (\(.state)) has \($held | length) leases" else empty end;

def pools:
  ([$leases[] | select(.pool == "default" and .phase == "ACTIVE")] | length) as $held
  | if $held == $pool then empty else "the pool holds \($held) of \($pool) leases" end;

($vms[] | unfit), ($guests[] | strayed), ($leases[] | unbacked), ($jobs[] | unleased), pools
