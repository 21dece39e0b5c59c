package io.raftwood.server.http;

import java.util.Locale;

/**
 * Every way a request can end. What each looks like on the wire is said by the outcome table alone.
 */
enum Outcome {
  /** The request did what it asked for. */
  OK,
  /** There is no such record. */
  NOT_FOUND,
  /** The expected version was not met. */
  VERSION_CONFLICT,
  /** Two replicas hold the record with different values. */
  DIVERGED_VALUES,
  /** Two replicas hold the record with equal values and different versions. */
  DIVERGED_VERSIONS,
  /** One of two replicas holds the record, and the other must have it too but has not. */
  DIVERGED_PRESENCE,
  /** The table holds records of another kind. */
  WRONG_KIND,
  /** The field to be incremented holds no number. */
  NOT_A_NUMBER,
  /** The number or score would leave the signed 64-bit range. */
  OUT_OF_RANGE,
  /** The record never expires, so there is no expiry to take away. */
  NO_EXPIRY,
  /** The bounds of a range admit nothing, whatever is stored; the detail names one. */
  EMPTY_RANGE,
  /** The page would be too large: ask for fewer records. */
  PAGE_TOO_LARGE,
  /** A required parameter is absent or empty; the detail names it. */
  MISSING_PARAMETER,
  /** A set's member is absent or empty; the detail names where it may be. */
  MISSING_MEMBER,
  /** A parameter or header has no readable or allowed value; the detail names it. */
  MALFORMED_PARAMETER,
  /** A percent sign is not followed by two hexadecimal digits; the detail names the parameter. */
  MALFORMED_ENCODING,
  /** A parameter is given more than once; the detail names it. */
  DUPLICATE_PARAMETER,
  /** A parameter or header is over its limit; the detail names it. */
  TOO_LONG,
  /** A member in the body is over its limit. */
  MEMBER_TOO_LONG,
  /** There is no tree of that name. */
  NO_SUCH_TREE,
  /** There is no such tree node, or not any more. */
  NO_SUCH_NODE,
  /** The value that a change of a tree expects is not what is stored. */
  COMPARE_FAILED,
  /** A line of the body has not the form; the detail says which, and why. */
  MALFORMED_LINE,
  /** The commands of a batch cannot be applied as one; the detail says why. */
  NOT_ATOMIC,
  /** As many ids of the slot table as may be are outstanding. */
  NO_FREE_ID,

  /** The id of the slot table that was drawn is outstanding already. */
  ID_IN_USE,

  /** There is no public key to encrypt ids of the slot table with. */
  NO_PUBLIC_KEY,

  /** The id of the slot table was never issued, is used up or too old. */
  UNKNOWN_ID,

  /** The slot table breaks a rule; the detail says which. */
  INVALID_TABLE,

  /** The change of nodes, placement or leadership cannot be made; the detail says why. */
  CHANGE_REFUSED,

  /** Another change of the same groups is under way; the detail names one. */
  CHANGE_UNDER_WAY,

  /** The cluster has no node of that name. */
  NO_SUCH_CLUSTER_NODE,

  /** The cluster has no group of that name. */
  NO_SUCH_GROUP,

  /** No logger of that name, or below it, has been used. */
  NO_SUCH_LOGGER,

  /** There is a user of that name. */
  USER_EXISTS,

  /** There is no user of that name. */
  NO_SUCH_USER,

  /** The first user must be an admin. */
  FIRST_NOT_ADMIN,

  /** Nobody would be an admin any more. */
  LAST_ADMIN,

  /** As many users as may be are there. */
  TOO_MANY_USERS,

  /** The view of a backup is not open any more. */
  NO_SUCH_VIEW,

  /** The cluster holds something already: nothing is restored into it. */
  NOT_EMPTY,

  /** That restore is not under way. */
  NO_SUCH_RESTORE,

  /** No name and password, or wrong ones. */
  UNAUTHORIZED,

  /** The user lacks a role; the detail names it. */
  FORBIDDEN,

  /** The body is over the limit. */
  BODY_TOO_LARGE,
  /** No leader or no quorum answered: nothing was done. */
  NO_QUORUM,
  /** A bound of the node was hit: nothing was done. */
  OVERLOADED,
  /** The command may or may not take effect. */
  OUTCOME_UNKNOWN,
  /** The node is not ready to serve. */
  NOT_READY,
  /** No such path. */
  UNKNOWN_PATH,
  /** The path {@code /}. */
  ROOT_PATH,
  /** A path that only begins like an endpoint's. */
  PREFIX_PATH,
  /** The method is refused. */
  METHOD_NOT_ALLOWED,
  /** The request cannot be understood. */
  MALFORMED_REQUEST,
  /** Neither HTTP/1.0 nor HTTP/1.1. */
  UNSUPPORTED_VERSION,
  /** A transfer encoding other than chunked. */
  UNSUPPORTED_ENCODING,
  /** An expectation other than 100-continue. */
  UNMET_EXPECTATION,
  /** The body did not arrive in time. */
  REQUEST_TIMEOUT,
  /** A defect of this server. */
  INTERNAL_FAULT;

  /** The name in the outcome table and in metrics. */
  String token() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
