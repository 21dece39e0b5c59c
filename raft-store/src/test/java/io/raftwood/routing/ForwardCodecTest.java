package io.raftwood.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.TotalDecoder;
import io.raftwood.raft.Command;
import io.raftwood.raft.DiskFullException;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.Query;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.ReplicationException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What travels between a node that is asked and the node that leads. */
class ForwardCodecTest {
  private static final Bytes PAYLOAD = Bytes.utf8("payload");
  private static final String GROUP = "data-0";

  @Test
  void writesRoundTripWithAndWithoutIdempotencyKey() {
    for (Optional<Bytes> key : List.of(Optional.<Bytes>empty(), Optional.of(key(1)), longest())) {
      for (Bytes payload : List.of(Bytes.EMPTY, PAYLOAD, Bytes.wrap(new byte[100_000]))) {
        ForwardRequest write =
            new ForwardRequest.Write(GROUP, 1_500, new Command(255, key, payload));
        assertThat(ForwardRequest.decode(write.encode())).isEqualTo(write);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ReadConsistency.class)
  void readsRoundTrip(ReadConsistency consistency) {
    ForwardRequest read = new ForwardRequest.Read(GROUP, 0, consistency, new Query(1, PAYLOAD));
    assertThat(ForwardRequest.decode(read.encode())).isEqualTo(read);
  }

  @Test
  void timeLeftIsKeptWithinItsField() {
    assertThat(timeLeft(-5)).isZero();
    assertThat(timeLeft(Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    Bytes farFuture =
        new ByteWriter().u8(1).u8(2).text(GROUP).u32(-1).u8(2).u8(1).raw(PAYLOAD).toBytes();
    assertThat(ForwardRequest.decode(farFuture).timeLeftMillis()).isPositive();
  }

  @Test
  void aRequestCutShortWithinItsHeadIsRefused() {
    TotalDecoder decoder = new TotalDecoder(ForwardRequest::decode, MalformedBytesException.class);
    Bytes write = write().encode();
    for (int length = 0; length < write.length() - PAYLOAD.length(); length++) {
      decoder.refuses(write.slice(0, length));
    }
    Bytes read = read().encode();
    for (int length = 0; length < read.length() - PAYLOAD.length(); length++) {
      decoder.refuses(read.slice(0, length));
    }
  }

  @Test
  void aRequestThatBreaksABoundIsRefusedAsMalformed() {
    TotalDecoder decoder = new TotalDecoder(ForwardRequest::decode, MalformedBytesException.class);
    ByteWriter tooLongKey = new ByteWriter().u8(1).u8(1).text(GROUP).u32(1).u8(9);
    decoder.refuses(tooLongKey.sized(Bytes.wrap(new byte[129])).raw(PAYLOAD).toBytes());
    decoder.refuses(new ByteWriter().u8(2).u8(1).text(GROUP).u32(1).toBytes());
    decoder.refuses(new ByteWriter().u8(1).u8(3).text(GROUP).u32(1).toBytes());
    decoder.refuses(new ByteWriter().u8(1).u8(2).text(GROUP).u32(1).u8(3).u8(1).toBytes());
  }

  @Test
  void damagedRequestsAreReadOrRefused() {
    SplittableRandom random = new SplittableRandom(20_240_801);
    TotalDecoder decoder = new TotalDecoder(ForwardRequest::decode, MalformedBytesException.class);
    decoder.survivesDamage(write().encode(), random, 20_000);
    decoder.survivesDamage(read().encode(), random, 20_000);
  }

  @ParameterizedTest
  @EnumSource(ReadConsistency.class)
  void resultsRoundTrip(ReadConsistency consistency) {
    for (Bytes result : List.of(Bytes.EMPTY, PAYLOAD)) {
      ForwardReply.Result reply = new ForwardReply.Result(result, 1L << 40, consistency);
      assertThat(ForwardReply.decode(GROUP, ForwardReply.encode(reply))).isEqualTo(reply);
    }
  }

  @Test
  void failuresKeepTheirTypeAndText() {
    assertThat(carried(new OverloadedException("full")))
        .isInstanceOf(OverloadedException.class)
        .hasMessage("full");
    assertThat(carried(new GroupUnavailableException("late")))
        .isInstanceOf(GroupUnavailableException.class)
        .hasMessage("late");
    assertThat(carried(new DiskFullException("no room")))
        .isInstanceOf(DiskFullException.class)
        .hasMessage("no room");
    assertThat(carried(new OutcomeUnknownException("who knows")))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessage("who knows");
    assertThat(carried(new NotLeaderException(GROUP, Optional.of("node2"))))
        .isInstanceOfSatisfying(
            NotLeaderException.class, e -> assertThat(e.leader()).contains("node2"));
    assertThat(carried(new NotLeaderException(GROUP, Optional.empty())))
        .isInstanceOfSatisfying(NotLeaderException.class, e -> assertThat(e.leader()).isEmpty());
  }

  @Test
  void damagedRepliesAreReadOrRefused() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    Bytes result = ForwardReply.encode(new ForwardReply.Result(PAYLOAD, 5, ReadConsistency.LEASE));
    Bytes failure = ForwardReply.encode(new OverloadedException("full"));
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = (round % 2 == 0 ? result : failure).toArray();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      Bytes bytes = Bytes.wrap(damaged).slice(0, random.nextInt(damaged.length + 1));
      Throwable thrown = catchThrowable(() -> ForwardReply.decode(GROUP, bytes));
      if (thrown != null) {
        assertThat(thrown)
            .as("%s", bytes)
            .isInstanceOfAny(MalformedBytesException.class, ReplicationException.class);
      }
    }
    assertThatThrownBy(() -> ForwardReply.decode(GROUP, Bytes.EMPTY))
        .isInstanceOf(MalformedBytesException.class);
  }

  private static Throwable carried(ReplicationException failure) {
    return catchThrowable(() -> ForwardReply.decode(GROUP, ForwardReply.encode(failure)));
  }

  private static long timeLeft(long millis) {
    Bytes bytes = new ForwardRequest.Write(GROUP, millis, Command.of(1, PAYLOAD)).encode();
    return ForwardRequest.decode(bytes).timeLeftMillis();
  }

  private static ForwardRequest write() {
    return new ForwardRequest.Write(GROUP, 900, new Command(1, Optional.of(key(3)), PAYLOAD));
  }

  private static ForwardRequest read() {
    return new ForwardRequest.Read(GROUP, 900, ReadConsistency.LINEARIZABLE, new Query(1, PAYLOAD));
  }

  private static Optional<Bytes> longest() {
    return Optional.of(key(Command.IDEMPOTENCY_KEY_BYTES_MAX));
  }

  private static Bytes key(int length) {
    return Bytes.wrap(new byte[length]);
  }
}
