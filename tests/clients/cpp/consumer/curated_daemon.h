// A real attlasd with the curated dataset, which may start again with the same store.
//
// Threads: single-thread.
#ifndef ATTLAS_TESTS_CLIENTS_CPP_CONSUMER_CURATED_DAEMON_H_
#define ATTLAS_TESTS_CLIENTS_CPP_CONSUMER_CURATED_DAEMON_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/testing/temporary_directory.h"

namespace attlas::testing {

class CuratedDaemon {
 public:
  // Loads the dataset into a store of its own.
  CuratedDaemon();
  ~CuratedDaemon();

  // Starts it and waits until it serves, on a socket that stays its own while it is down; or where
  // `flags`, which come last, say.
  void Start(const std::vector<std::string>& flags = {});
  // Ends it at once, as a machine that fails.
  void Kill();
  // Lets it finish the calls in hand.
  void Stop();

  const std::string& address() const { return address_; }
  std::string file(const std::string& name) const { return directory_.file(name); }

 private:
  void End(int signal);

  TemporaryDirectory directory_;
  std::string address_;
  pid_t process_ = -1;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_CLIENTS_CPP_CONSUMER_CURATED_DAEMON_H_
