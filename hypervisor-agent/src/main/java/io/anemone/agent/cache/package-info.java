/**
 * The node's cache of images: content-addressed, shared by all agents of an account on the node, and read by those who
 * trust that account.
 */
@NullMarked
package io.anemone.agent.cache;

import org.jspecify.annotations.NullMarked;
