package io.raftwood.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.RaftOutter.EntryMeta;
import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.RaftServerService;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcRequestClosure;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequestHeader;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.google.protobuf.Message;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Appends of one leader to one replica, whose answers the test holds in its hands. */
class AppendProcessorTest {
  private static final String GROUP = "meta-0123456789abcdef";
  private static final String SELF = "127.0.0.1:7401";
  private static final String LEADER = "127.0.0.1:7402";
  private static final Executor OTHER = Runnable::run;

  private final ElectionGuard guard = new ElectionGuard(System::nanoTime);
  private final AppendThreads threads = new AppendThreads();
  private final AppendProcessor processor = new AppendProcessor(OTHER, guard, threads);
  private final List<RpcRequestClosure> awaited = new ArrayList<>();
  private final RaftServerService replica =
      (RaftServerService)
          Proxy.newProxyInstance(
              RaftServerService.class.getClassLoader(),
              new Class<?>[] {RaftServerService.class},
              (proxy, method, arguments) -> {
                awaited.add((RpcRequestClosure) arguments[1]);
                return null;
              });

  @BeforeEach
  void start() {
    threads.start(ElectionGuard.key(GROUP, SELF));
  }

  @AfterEach
  void stop() {
    threads.stop(ElectionGuard.key(GROUP, SELF));
  }

  /** JRaft's own processor answers nothing more here, until 64 answers have piled up. */
  @Test
  void answersDueWhenAConnectionEndsHoldUpNoneOfTheNext() {
    List<Object> lost = new ArrayList<>();
    append(lost);
    append(lost);
    answer(0);
    List<Object> next = new ArrayList<>();
    append(next);
    answer(1);
    for (int i = 0; i < 5; i++) {
      append(next);
    }
    for (int i = 2; i < awaited.size(); i++) {
      answer(i);
    }
    assertThat(next).hasSize(6);
  }

  @Test
  void anAnswerDoesNotWaitForThoseBeforeIt() {
    List<Object> answers = new ArrayList<>();
    append(answers);
    append(answers);
    answer(1);
    assertThat(answers).hasSize(1);
  }

  @Test
  void aReplicaThatRunsHereHasItsOwnThreadAndOthersNone() {
    Executor own = threads.select(header(SELF), OTHER);
    assertThat(own).isNotSameAs(OTHER).isSameAs(threads.select(header(SELF), OTHER));
    assertThat(threads.select(header(LEADER), OTHER)).isSameAs(OTHER);
    stop();
    assertThat(threads.select(header(SELF), OTHER)).isSameAs(OTHER);
  }

  private void append(List<Object> answers) {
    AppendEntriesRequest request =
        AppendEntriesRequest.newBuilder()
            .setGroupId(GROUP)
            .setPeerId(SELF)
            .setServerId(LEADER)
            .setTerm(1)
            .setPrevLogIndex(0)
            .setPrevLogTerm(0)
            .setCommittedIndex(0)
            .addEntries(EntryMeta.newBuilder().setTerm(1).setType(EntryType.ENTRY_TYPE_DATA))
            .build();
    Message now =
        processor.processRequest0(
            replica, request, new RpcRequestClosure(new Answers(answers), null));
    assertThat(now).isNull();
  }

  private void answer(int request) {
    awaited
        .get(request)
        .sendResponse(AppendEntriesResponse.newBuilder().setTerm(1).setSuccess(true).build());
  }

  private static AppendEntriesRequestHeader header(String peer) {
    return AppendEntriesRequestHeader.newBuilder()
        .setGroupId(GROUP)
        .setPeerId(peer)
        .setServerId(LEADER)
        .build();
  }

  /** Where the answers of one connection go. */
  private record Answers(List<Object> sent) implements RpcContext {
    @Override
    public void sendResponse(Object response) {
      sent.add(response);
    }

    @Override
    public Connection getConnection() {
      return null;
    }

    @Override
    public String getRemoteAddress() {
      return LEADER;
    }
  }
}
