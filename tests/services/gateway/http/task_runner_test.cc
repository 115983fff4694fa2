#include "services/gateway/http/task_runner.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <memory>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"

namespace attlas::gateway {
namespace {

TEST(TaskRunnerTest, RunsOnTheThreadThatCalls) {
  boost::asio::io_context io;
  const auto runner = TaskRunner::OnCaller(io.get_executor());
  std::thread::id ran;
  runner->Run([&] { ran = std::this_thread::get_id(); });
  EXPECT_EQ(ran, std::this_thread::get_id());
}

TEST(TaskRunnerTest, ATaskOfATaskComesAfterIt) {
  boost::asio::io_context io;
  const auto runner = TaskRunner::OnCaller(io.get_executor());
  std::vector<int> order;
  runner->Run([&] {
    runner->Run([&] {
      runner->Run([&] { order.push_back(3); });
      order.push_back(2);
    });
    order.push_back(1);
  });
  EXPECT_EQ(order, (std::vector<int>{1, 2, 3}));
}

TEST(TaskRunnerTest, ATaskOfAnotherThreadWaitsForTheOneInHand) {
  boost::asio::io_context io;
  const auto runner = TaskRunner::OnCaller(io.get_executor());
  std::thread::id ran;
  runner->Run([&] {
    std::thread other([&] { runner->Run([&] { ran = std::this_thread::get_id(); }); });
    other.join();
    EXPECT_EQ(ran, std::thread::id());
  });
  EXPECT_EQ(ran, std::this_thread::get_id());
}

// Even where it comes while another thread runs what is short.
TEST(TaskRunnerTest, WhatIsPostedRunsOnTheExecutorAlone) {
  boost::asio::io_context io;
  const auto runner = TaskRunner::OnCaller(io.get_executor());
  std::thread::id ran;
  bool later = false;
  runner->Run([&] {
    runner->Post([&] { ran = std::this_thread::get_id(); });
    std::thread([&] { io.poll(); }).join();
  });
  runner->Run([&] { later = ran != std::thread::id(); });
  EXPECT_EQ(ran, std::thread::id());
  EXPECT_FALSE(later);
  std::thread::id worker;
  std::thread([&] {
    worker = std::this_thread::get_id();
    io.restart();
    io.poll();
  }).join();
  EXPECT_EQ(ran, worker);
  EXPECT_TRUE(later);
}

TEST(TaskRunnerTest, TasksOfManyThreadsNeverMeet) {
  boost::asio::io_context io;
  const auto runner = TaskRunner::OnCaller(io.get_executor());
  constexpr int kThreads = 8;
  constexpr int kTasks = 2'000;
  int count = 0;  // Of nobody's but the tasks'.
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < kTasks; ++j) runner->Run([&count] { ++count; });
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count, kThreads * kTasks);
}

TEST(TaskRunnerTest, ATaskMayBeTheLastToHoldIt) {
  boost::asio::io_context io;
  auto runner = TaskRunner::OnCaller(io.get_executor());
  const std::weak_ptr<TaskRunner> weak = runner;
  TaskRunner* const raw = runner.get();
  bool last = false;
  raw->Run([&last, held = std::move(runner)] { held->Run([&last] { last = true; }); });
  EXPECT_TRUE(last);
  EXPECT_TRUE(weak.expired());
}

TEST(TaskRunnerTest, PostLeavesItToTheExecutor) {
  boost::asio::io_context io;
  const auto strand = boost::asio::make_strand(io.get_executor());
  int ran = 0;
  TaskRunner::OnCaller(io.get_executor())->Post([&] { ++ran; });
  TaskRunner::OnStrand(strand)->Post([&] { ++ran; });
  TaskRunner::OnStrand(strand)->Run([&] { ++ran; });
  EXPECT_EQ(ran, 0);
  io.run();
  EXPECT_EQ(ran, 3);
}

}  // namespace
}  // namespace attlas::gateway
