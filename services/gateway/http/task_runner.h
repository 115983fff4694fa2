// Runs what belongs to one connection: one task after the other, from whichever threads they come.
//
// Threads: thread-safe. What a task did is seen by those after it.
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_TASK_RUNNER_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_TASK_RUNNER_H_

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>

namespace attlas::gateway {

class TaskRunner {
 public:
  using Task = std::function<void()>;

  // Run runs tasks on the thread that brings them, or leaves them to the thread that runs one
  // already, so that no thread has to wake up. Post leaves them to those of `executor`, always:
  // what is long holds up no other thread.
  static std::shared_ptr<TaskRunner> OnCaller(boost::asio::any_io_executor executor);
  // Both leave tasks to the threads of `strand`, which is one: for sockets that need it themselves.
  static std::shared_ptr<TaskRunner> OnStrand(boost::asio::any_io_executor strand);

  virtual ~TaskRunner() = default;
  // For what is short: the thread may be anyone's. Never within another task.
  virtual void Run(Task task) = 0;
  // For what is not. Tasks of several Posts may change places.
  virtual void Post(Task task) = 0;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_TASK_RUNNER_H_
