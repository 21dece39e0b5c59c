/**
 * What clients do while faults strike, and what must hold of it afterwards.
 *
 * <p>Belongs here: the requests of each kind of data, what their answers mean, the checks that
 * belong to one workload. Does not belong here: faults, checks of the cluster as a whole.
 */
package io.raftwood.bench.torture.workload;
