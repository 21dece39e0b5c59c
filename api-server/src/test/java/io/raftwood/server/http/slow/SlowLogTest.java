package io.raftwood.server.http.slow;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SlowLogTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final SlowLog slow = new SlowLog(Duration.ofMillis(100), nanos::get);
  private final Logger logger = (Logger) LoggerFactory.getLogger(SlowLog.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  void slowBeginsAtTheThreshold() {
    assertThat(slow.isSlow(TimeUnit.MILLISECONDS.toNanos(100) - 1)).isFalse();
    assertThat(slow.isSlow(TimeUnit.MILLISECONDS.toNanos(100))).isTrue();
    assertThat(slow.threshold()).hasMillis(100);
  }

  @Test
  void newestAreKeptAndAllAreCounted() {
    for (int i = 0; i < SlowLog.CAPACITY + 3; i++) {
      slow.add(request("id-" + i, "/get?key=a"));
    }

    assertThat(slow.total()).isEqualTo(SlowLog.CAPACITY + 3);
    assertThat(slow.newestFirst()).hasSize(SlowLog.CAPACITY);
    assertThat(slow.newestFirst().get(0).id()).isEqualTo("id-130");
    assertThat(slow.newestFirst().get(SlowLog.CAPACITY - 1).id()).isEqualTo("id-3");
  }

  @Test
  void oneLineInASecondWithTheIdAndWithoutTheKey() {
    slow.add(request("first", "/get?key=private"));
    slow.add(request("second", "/get?key=private"));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    slow.add(request("third", "/get?key=private"));

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "slow request first: get took 300 ms, answered ok after 200 ms; 0 more since the last"
                + " line",
            "slow request third: get took 300 ms, answered ok after 200 ms; 1 more since the last"
                + " line");
    assertThat(lines.list)
        .extracting(event -> event.getMDCPropertyMap().get(SlowLog.LOG_KEY))
        .containsExactly("first", "third");
  }

  @Test
  void longTargetIsCutOff() {
    assertThat(request("id", "/" + "x".repeat(500)).target())
        .hasSize(SlowRequest.TARGET_LENGTH_MAX);
  }

  private static SlowRequest request(String id, String target) {
    return new SlowRequest(id, Instant.EPOCH, "get", target, "10.0.0.9", "ok", 200, 300);
  }
}
