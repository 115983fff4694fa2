// What the writers of one stream share: they gather text and hand it on in large pieces.
//
// Threads: thread-compatible.
#ifndef ATTLAS_CLIENTS_EXCHANGE_STREAM_WRITER_H_
#define ATTLAS_CLIENTS_EXCHANGE_STREAM_WRITER_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "clients/exchange/export_writer.h"

namespace attlas::exchange {

class StreamWriter : public ExportWriter {
 protected:
  explicit StreamWriter(Sink* sink) : sink_(*sink) {}

  // What is to be written next; append to it, then call Flush or FlushIfLarge.
  std::string& text() { return text_; }

  absl::Status Flush() {
    absl::Status status = sink_.Write(text_);
    text_.clear();
    return status;
  }
  absl::Status FlushIfLarge() { return text_.size() < kLarge ? absl::OkStatus() : Flush(); }

 private:
  static constexpr size_t kLarge = size_t{1} << 18;

  Sink& sink_;
  std::string text_;
};

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_STREAM_WRITER_H_
