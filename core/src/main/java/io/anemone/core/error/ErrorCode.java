package io.anemone.core.error;

/**
 * Everything that can go wrong and that a person is told of. The code is part of the API: it appears as
 * {@code code} of a problem (RFC 9457) and as the failure code of a VM.
 */
public enum ErrorCode {
    // What the caller sent
    MALFORMED_REQUEST(400, Fault.CALLER, "The request cannot be read"),
    INVALID_FIELD(400, Fault.CALLER, "A field has a value that is not allowed"),
    UNAUTHENTICATED(401, Fault.CALLER, "Log in first"),
    TICKET_INVALID(401, Fault.CALLER, "The ticket was used, is too old or is for something else"),
    FORBIDDEN(403, Fault.CALLER, "You may not do this"),
    NOT_FOUND(404, Fault.CALLER, "There is no such thing, or it is not yours"),
    METHOD_NOT_ALLOWED(405, Fault.CALLER, "This address does not know that method"),
    NOT_ACCEPTABLE(406, Fault.CALLER, "The answer cannot be given in the media type asked for"),
    IDEMPOTENCY_CONFLICT(409, Fault.CALLER, "The Idempotency-Key was used with another request"),
    WRONG_PHASE(409, Fault.CALLER, "The VM or lease is not in a phase that allows this"),
    NOT_FOR_THIS_PATH(409, Fault.CALLER, "A VM of this launch path cannot do that"),
    VOLUME_EXISTS(409, Fault.CALLER, "You have a volume of that name already"),
    VOLUME_IN_USE(409, Fault.CALLER, "Another VM holds the volume"),
    SAVE_UNDER_WAY(409, Fault.CALLER, "The VM is being saved as an image already"),
    NOTHING_TO_SAVE(409, Fault.CALLER, "The VM has no disk of its own that could be saved"),
    IMAGE_WRONG_STATE(409, Fault.CALLER, "The image's revision is not in a state that allows this"),
    UPLOAD_OFFSET(409, Fault.CALLER, "Another piece of the file is expected"),
    REQUEST_TOO_LARGE(413, Fault.CALLER, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, Fault.CALLER, "The request's body has a media type that is not read here"),
    TOO_MANY_LOGIN_ATTEMPTS(429, Fault.CALLER, "Too many failed log-ins: wait a minute"),
    TOO_MANY_STREAMS(429, Fault.CALLER, "Too many connections to guests are open"),

    // What the VM's spec asks for
    UNKNOWN_IMAGE(422, Fault.SPEC, "There is no such image"),
    IMAGE_NOT_ALLOWED(422, Fault.SPEC, "The image, or what is asked for with it, is not allowed there"),
    IMAGE_QUOTA(422, Fault.SPEC, "There is no room left for your images"),
    SOURCE_NOT_ALLOWED(422, Fault.SPEC, "Images may not be imported from there"),
    IMAGE_STORAGE_FULL(507, Fault.SITE, "The site has no room for images at the moment"),
    IMAGE_NOT_READY(503, Fault.SITE, "The image cannot be used yet"),
    IMAGE_GONE(422, Fault.SPEC, "The image was deleted before the VM started"),
    UNKNOWN_FLAVOR(422, Fault.SPEC, "There is no such flavor"),
    UNKNOWN_POOL(422, Fault.SPEC, "There is no such pool"),
    UNKNOWN_PARTITION(422, Fault.SPEC, "There is no such partition"),
    PATH_NOT_REQUESTABLE(422, Fault.SPEC, "A VM of the direct path starts from a job of your own"),
    SIZE_TOO_LARGE(422, Fault.SPEC, "No node is as large as this VM"),
    SIZE_TOO_SMALL(422, Fault.SPEC, "The image needs more memory than this VM has"),
    HARDWARE_NOT_OFFERED(422, Fault.SPEC, "This site does not offer that hardware"),
    BRIDGE_NOT_ALLOWED(422, Fault.SPEC, "VMs may not be plugged into that bridge"),
    WALLTIME_TOO_LONG(422, Fault.SPEC, "The walltime is over the partition's limit"),
    NOT_OFFERED(422, Fault.SPEC, "This site does not offer that"),
    UNKNOWN_VOLUME(422, Fault.SPEC, "You have no such volume"),
    VOLUME_OUT_OF_REACH(422, Fault.SPEC, "The volume is kept where this VM cannot reach it"),
    QUOTA_EXCEEDED(422, Fault.CALLER, "Your quota does not allow that"),
    DISK_TOO_SMALL(422, Fault.SPEC, "The root disk is smaller than its image's"),
    SCRATCH_TOO_LARGE(422, Fault.SPEC, "The node has less room than the VM's scratch disks may need"),
    SHARE_NOT_ALLOWED(422, Fault.SPEC, "That directory may not be shared into a guest"),
    SUBMIT_REJECTED(422, Fault.SPEC, "The scheduler refused the job"),
    SPEC_REJECTED(422, Fault.SPEC, "The hypervisor refused the VM's definition"),

    GUEST_NOT_READY(504, Fault.SPEC, "The guest was not ready in time"),

    // Direct jobs
    CREDENTIAL_INVALID(401, Fault.CALLER, "The agent's credential cannot be verified"),
    CREDENTIAL_MISMATCH(403, Fault.CALLER, "The credential belongs to somebody else than the job"),
    JOB_NOT_FOUND(404, Fault.CALLER, "The scheduler knows no such job"),
    JOB_NOT_RUNNING(409, Fault.CALLER, "The job is not running"),
    JOB_NOT_ON_NODE(409, Fault.CALLER, "The job does not run on this node"),
    JOB_TOO_SMALL(422, Fault.SPEC, "The job was granted less than the VM needs"),
    LEASE_OVER(409, Fault.CALLER, "The lease is over"),

    // What a node could not do
    IMAGE_MISSING_ON_NODE(502, Fault.NODE, "The image's files are not on the node"),
    IMAGE_CORRUPT(502, Fault.NODE, "What came to the node is not the image that was asked for"),
    IMAGE_CACHE_FULL(502, Fault.NODE, "The node's cache of images has no room for the image"),
    HARDWARE_MISSING_ON_NODE(502, Fault.NODE, "The node lacks what the VM's hardware or network needs"),
    HYPERVISOR_UNAVAILABLE(502, Fault.NODE, "libvirt on the node does not answer"),
    HYPERVISOR_FAILED(502, Fault.NODE, "The hypervisor could not start the VM"),
    NODE_STORAGE_FULL(502, Fault.NODE, "The node has no room for the VM's files"),
    VOLUME_UNAVAILABLE(502, Fault.NODE, "The volume cannot be used on the node"),
    SHARE_UNAVAILABLE(502, Fault.NODE, "The shared directory cannot be used on the node"),
    GUEST_CRASHED(502, Fault.NODE, "The guest's QEMU process ended unexpectedly"),
    START_TIMED_OUT(504, Fault.NODE, "The VM did not start in time"),
    AGENT_NEVER_JOINED(504, Fault.NODE, "The job started but its agent did not report in time"),
    JOB_ENDED_EARLY(502, Fault.NODE, "The job ended before the VM ran"),

    SUSPEND_FAILED(502, Fault.NODE, "The node could not save the guest, which runs on"),
    RESUME_FAILED(502, Fault.NODE, "The node could not read what was saved of the guest"),

    // What the site could not do
    SCHEDULER_UNAVAILABLE(503, Fault.SITE, "The scheduler does not answer at the moment"),
    VOLUME_FENCED(409, Fault.SITE, "The volume has been used by a later VM"),
    AGENT_UNREACHABLE(503, Fault.SITE, "The node's agent is not connected at the moment"),
    DATABASE_UNAVAILABLE(503, Fault.SITE, "The database does not answer at the moment"),
    INTERNAL(500, Fault.SITE, "Something went wrong inside; the log has the details");

    private final int httpStatus;
    private final Fault fault;
    private final String title;

    ErrorCode(int httpStatus, Fault fault, String title) {
        this.httpStatus = httpStatus;
        this.fault = fault;
        this.title = title;
    }

    /** The HTTP status that a request ends with when this is its outcome. */
    public int httpStatus() {
        return httpStatus;
    }

    public Fault fault() {
        return fault;
    }

    /** One short sentence, the same for every occurrence. The detail of an occurrence says what to do. */
    public String title() {
        return title;
    }
}
