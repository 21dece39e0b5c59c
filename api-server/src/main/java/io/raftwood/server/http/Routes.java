package io.raftwood.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the endpoint of a path. Immutable, thread-safe. */
final class Routes {
  private static final Route UNKNOWN = Route.none(Outcome.UNKNOWN_PATH);
  private static final Route ROOT = Route.none(Outcome.ROOT_PATH);
  private static final Route PREFIX = Route.none(Outcome.PREFIX_PATH).with(Access.USER);

  private final Map<String, Route> exact = new HashMap<>();
  private final List<String> prefixes = new ArrayList<>();

  /** Serves {@code routes}; those of hustdb's families also catch what begins like them. */
  Routes(List<Route> routes) {
    for (Route route : routes) {
      if (exact.put(route.path(), route) != null) {
        throw new IllegalArgumentException("two routes for " + route.path());
      }
      if (route.family().ofHustdb()) {
        prefixes.add(route.path());
      }
    }
  }

  /** The endpoint for a decoded path; one that refuses if there is none. */
  Route find(String path) {
    Route route = exact.get(path);
    if (route != null) {
      return route;
    }
    if (path.equals("/")) {
      return ROOT;
    }
    return prefixes.stream().anyMatch(path::startsWith) ? PREFIX : UNKNOWN;
  }

  /** The names of all operations, {@code none} included. */
  List<String> operations() {
    List<String> names = new ArrayList<>(exact.values().stream().map(Route::operation).toList());
    names.add(UNKNOWN.operation());
    return names;
  }
}
