package io.raftwood.bench.load;

import java.net.InetSocketAddress;

/** Whose HTTP API the requests speak. */
public enum Dialect {
  /** Raftwood's: hustdb's and the trees'. */
  HUSTDB {
    @Override
    LoadRequests requests(InetSocketAddress endpoint, LoadPlan.Workload workload) {
      return new HustdbRequests(endpoint, workload);
    }
  },
  /** The JSON gateway of etcd 3.4 and later: puts and gets. */
  ETCD {
    @Override
    LoadRequests requests(InetSocketAddress endpoint, LoadPlan.Workload workload) {
      return new EtcdRequests(endpoint, workload);
    }
  };

  /** Requests of a workload to one endpoint. */
  abstract LoadRequests requests(InetSocketAddress endpoint, LoadPlan.Workload workload);
}
