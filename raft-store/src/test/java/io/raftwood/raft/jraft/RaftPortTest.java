package io.raftwood.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.remoting.exception.RemotingException;
import com.alipay.remoting.rpc.RpcClient;
import com.alipay.remoting.serialization.SerializerManager;
import com.alipay.sofa.jraft.rpc.CliRequests;
import com.alipay.sofa.jraft.rpc.RpcRequests;
import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.FreePorts;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerMessageKind;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Raft port must not do. */
class RaftPortTest {
  private static final AtomicInteger EXECUTED = new AtomicInteger();
  private static final int CALL_MILLIS = 10_000;

  private final NodeAddress address = new NodeAddress("127.0.0.1", FreePorts.take(1).get(0));
  private final JRaftRuntime runtime = new JRaftRuntime(address);

  @BeforeEach
  void start() {
    runtime.start();
    runtime.serve(PeerMessageKind.HELLO, CompletableFuture::completedFuture);
  }

  @AfterEach
  void stop() {
    runtime.close();
  }

  @Test
  void listensOnItsOwnAddressOnly() throws IOException {
    try (Socket own = new Socket()) {
      own.connect(new InetSocketAddress("127.0.0.1", address.port()), CALL_MILLIS);
      assertThat(own.isConnected()).isTrue();
    }
    try (Socket other = new Socket()) {
      assertThatThrownBy(
              () -> other.connect(new InetSocketAddress("127.0.0.2", address.port()), CALL_MILLIS))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    try (JRaftRuntime second = new JRaftRuntime(address)) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(address.toString());
    }
  }

  @Test
  void replicationIsServedAndJRaftsCommandsAreNot() throws Exception {
    RpcClient client = new RpcClient();
    client.startup();
    try {
      RpcRequests.PingRequest ping =
          RpcRequests.PingRequest.newBuilder().setSendTimestamp(1).build();
      assertThat(client.invokeSync(address.toString(), ping, CALL_MILLIS)).isNotNull();
      CliRequests.GetPeersRequest peers =
          CliRequests.GetPeersRequest.newBuilder().setGroupId("g").setLeaderId("").build();
      assertThatThrownBy(() -> client.invokeSync(address.toString(), peers, CALL_MILLIS))
          .isInstanceOf(RemotingException.class);
      CliRequests.ResetPeerRequest reset =
          CliRequests.ResetPeerRequest.newBuilder().setGroupId("g").setPeerId("").build();
      assertThatThrownBy(() -> client.invokeSync(address.toString(), reset, CALL_MILLIS))
          .isInstanceOf(RemotingException.class);
    } finally {
      client.shutdown();
    }
  }

  @Test
  void noObjectSerializerIsInstalled() {
    assertThat(SerializerManager.getSerializer(SerializerManager.Hessian2))
        .isInstanceOf(DenyAllSerializer.class);
    DenyAllSerializer deny = new DenyAllSerializer();
    assertThatThrownBy(() -> deny.deserialize(new byte[] {1}, "java.lang.String"))
        .hasMessageContaining("java.lang.String");
    assertThatThrownBy(() -> deny.serialize("text")).hasMessageContaining("java.lang.String");
  }

  @Test
  void aSerializedObjectIsNotExecutedWhateverItIsCalled() throws IOException {
    EXECUTED.set(0);
    byte[] object = serialized();
    for (String name :
        new String[] {
          Loot.class.getName(),
          PeerFrame.Request.class.getName(),
          RpcRequests.PingRequest.class.getName(),
          "java.util.HashMap"
        }) {
      for (int codec = 0; codec <= 4; codec++) {
        send(codec, name, object);
      }
    }
    assertThat(EXECUTED).hasValue(0);
    JRaftRuntime other = new JRaftRuntime(new NodeAddress("127.0.0.1", FreePorts.take(1).get(0)));
    other.start();
    try (other) {
      Bytes answer =
          other
              .transport()
              .call(address, PeerMessageKind.HELLO, Bytes.of(1), Duration.ofSeconds(20))
              .join();
      assertThat(answer).as("the port still serves").isEqualTo(Bytes.of(1));
    }
  }

  /** A request of Bolt's first protocol, written by hand; waits for whatever comes back. */
  private void send(int codec, String className, byte[] content) throws IOException {
    byte[] name = className.getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket(address.host(), address.port())) {
      socket.setSoTimeout(300);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeByte(1); // protocol
      out.writeByte(1); // a request
      out.writeShort(1); // of the RPC kind
      out.writeByte(1);
      out.writeInt(77); // id
      out.writeByte(codec);
      out.writeInt(CALL_MILLIS);
      out.writeShort(name.length);
      out.writeShort(0);
      out.writeInt(content.length);
      out.write(name);
      out.write(content);
      out.flush();
      try {
        socket.getInputStream().read();
      } catch (SocketTimeoutException e) {
        // No answer is an answer as well.
      }
    }
  }

  private static byte[] serialized() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Loot());
    }
    return bytes.toByteArray();
  }

  /** Notes that it was brought to life. */
  private static final class Loot implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      EXECUTED.incrementAndGet();
    }
  }
}
