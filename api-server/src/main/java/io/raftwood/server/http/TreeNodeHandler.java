package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeQuery;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The low-level calls of DT (dt-api 4): {@code getroot getdownnodes getupnode getmetaprop
 * casmetaprop}. Runs on I/O threads.
 */
final class TreeNodeHandler {
  private final TreeRequests requests;

  /** Serves {@code requests}. */
  TreeNodeHandler(TreeRequests requests) {
    this.requests = requests;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        requests.route("getroot", Family.TREE_READ, this::getRoot),
        requests.route(
            "getdownnodes", Family.TREE_READ, call -> read(call, TreeQuery.GetDownNodes::new)),
        requests.route("getupnode", Family.TREE_READ, call -> read(call, TreeQuery.GetUpNode::new)),
        requests.route("getmetaprop", Family.TREE_READ, this::getMetaProp),
        requests.route("casmetaprop", Family.TREE, this::casMetaProp));
  }

  private void getRoot(Call call) {
    TreeForm form = TreeForm.of(call);
    requests.read(call, form, new TreeQuery.GetRoot(TreeRequests.tree(form)));
  }

  private void read(Call call, Function<NodeId, TreeQuery> query) {
    TreeForm form = TreeForm.of(call);
    TreeRequests.withNode(
        call, TreeRequests.node(form), node -> requests.read(call, form, query.apply(node)));
  }

  private void getMetaProp(Call call) {
    TreeForm form = TreeForm.of(call);
    Bytes name = propertyName(form);
    TreeRequests.withNode(
        call,
        TreeRequests.node(form),
        node -> requests.read(call, form, new TreeQuery.GetMetaProp(node, name)));
  }

  private void casMetaProp(Call call) {
    TreeForm form = TreeForm.of(call);
    Optional<NodeId> node = TreeRequests.node(form);
    Bytes name = propertyName(form);
    if (TreeLimits.isSystemProperty(name)) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "prop_name");
    }
    Optional<Bytes> expected = form.find("old_value", TreeLimits.PROPERTY_VALUE_BYTES_MAX);
    Bytes value = form.require("value", TreeLimits.PROPERTY_VALUE_BYTES_MAX);
    TreeRequests.withNode(
        call,
        node,
        known -> requests.write(call, new TreeCommand.CasMetaProp(known, name, expected, value)));
  }

  private static Bytes propertyName(TreeForm form) {
    return form.requireSome("prop_name", TreeLimits.PROPERTY_NAME_BYTES_MAX);
  }
}
