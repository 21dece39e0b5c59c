/**
 * What is done when the majority of a group is lost for good: what the survivors' disks hold, whose
 * log each group goes on with, and how that is agreed with the other survivors.
 *
 * <p>Belongs here: plain values, the plan, its messages. Does not belong here: touching disks and
 * logs (see {@code server}) or talking to the operator (see {@code cli}).
 */
package io.raftwood.recovery;
