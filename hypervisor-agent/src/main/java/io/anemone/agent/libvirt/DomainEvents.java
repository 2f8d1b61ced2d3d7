package io.anemone.agent.libvirt;

import org.libvirt.event.LifecycleListener;
import org.libvirt.event.RebootListener;

/** All that is listened to. */
interface DomainEvents extends LifecycleListener, RebootListener {}
