package io.raftwood.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When requests of an open loop are due. */
class ArrivalScheduleTest {
  @Test
  void requestsAreDueAtAConstantRateFromTheFirstQuestionOn() {
    ArrivalSchedule schedule = new ArrivalSchedule(1_000, 1);
    assertThat(schedule.untilNext(5_000_000)).isZero();
    assertThat(schedule.take()).isEqualTo(5_000_000);
    assertThat(schedule.untilNext(5_000_000)).isEqualTo(1_000_000);
  }

  @Test
  void whatCouldNotBeSentStaysDue() {
    ArrivalSchedule schedule = new ArrivalSchedule(1_000, 2);
    schedule.untilNext(0);
    assertThat(schedule.untilNext(5_000_000)).isEqualTo(-5_000_000);
    assertThat(schedule.take()).isZero();
    assertThat(schedule.take()).isEqualTo(2_000_000);
    assertThat(schedule.take()).isEqualTo(4_000_000);
    assertThat(schedule.untilNext(5_000_000)).isEqualTo(1_000_000);
  }
}
