/**
 * Figures as pictures: charts in SVG, and pages of HTML that need nothing beside themselves.
 *
 * <p>Belongs here: how things are drawn. Does not belong here: what they mean.
 */
package io.raftwood.bench.plot;
