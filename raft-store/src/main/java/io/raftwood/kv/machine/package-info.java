/**
 * How records are kept in a tablet: the rows, and {@link io.raftwood.kv.machine.KvMachine}, which
 * applies commands to them and answers queries from them.
 *
 * <p>Belongs here: row formats, counters, the order of sorted sets, purging. Does not belong here:
 * routing, HTTP, threads, clocks. Commands are applied on the group's apply thread, queries on any
 * thread; nothing here keeps state outside the tablet.
 */
package io.raftwood.kv.machine;
