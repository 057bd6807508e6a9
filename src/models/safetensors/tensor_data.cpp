#include "models/safetensors/tensor_data.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/error.h"
#include "models/safetensors/number_formats.h"

namespace fragua::models {

namespace {

constexpr std::uint64_t kPieceElements = 1u << 20;

std::uint64_t source_bytes(SourceType type) { return type == SourceType::f32 ? 4 : 2; }

template <class T>
T load(const char* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

// One run of elements: from the file's type to the GGUF's.
class Converter {
 public:
  Converter(const PlannedTensor& planned, const DataSink& sink) : planned_(planned), sink_(sink) {}

  void operator()(std::string_view source) {
    const auto from = planned_.source.tensor->type;
    const auto to = planned_.type;
    const bool same =
        (from == SourceType::f16 && to == TensorType::f16) || (from == SourceType::f32 && to == TensorType::f32);
    if (same) return sink_(source);
    const auto count = source.size() / source_bytes(from);
    if (to == TensorType::f32) {
      widen(source, count);
    } else {
      narrow(source, count);
    }
    sink_(buffer_);
  }

 private:
  static float element(const char* data, std::uint64_t index, SourceType type) {
    if (type == SourceType::f32) return load<float>(data + 4 * index);
    const auto bits = load<std::uint16_t>(data + 2 * index);
    return type == SourceType::f16 ? float_of_f16(bits) : float_of_bf16(bits);
  }

  void widen(std::string_view source, std::uint64_t count) {
    buffer_.resize(4 * count);
    for (std::uint64_t i = 0; i < count; ++i) {
      const float value = element(source.data(), i, planned_.source.tensor->type);
      std::memcpy(buffer_.data() + 4 * i, &value, sizeof value);
    }
  }

  void narrow(std::string_view source, std::uint64_t count) {
    buffer_.resize(2 * count);
    bool overflows = false;
    for (std::uint64_t i = 0; i < count; ++i) {
      const float value = element(source.data(), i, planned_.source.tensor->type);
      const auto bits = f16_of_float(value);
      overflows |= (bits & 0x7fffu) == 0x7c00u && !std::isinf(value);
      std::memcpy(buffer_.data() + 2 * i, &bits, sizeof bits);
    }
    if (overflows) {
      throw Error(ErrorCode::unsupported,
                  "tensor \"" + planned_.source.tensor->name + "\" holds values beyond what F16 can hold");
    }
  }

  const PlannedTensor& planned_;
  const DataSink& sink_;
  std::string buffer_;
};

std::string read_run(const LocatedTensor& source, std::uint64_t first, std::uint64_t count) {
  const auto width = source_bytes(source.tensor->type);
  std::string bytes(count * width, '\0');
  source.file->read(*source.tensor, first * width, bytes);
  return bytes;
}

void produce_in_order(const PlannedTensor& planned, std::uint64_t elements, Converter& convert) {
  for (std::uint64_t first = 0; first < elements; first += kPieceElements) {
    convert(read_run(planned.source, first, std::min(kPieceElements, elements - first)));
  }
}

// Row `r` of a head's rows in the order of llama.cpp: the two halves interleaved.
void produce_rotary(const PlannedTensor& planned, std::uint64_t columns, std::uint64_t rows, Converter& convert) {
  const auto half = rows / planned.heads / 2;
  for (std::uint64_t head = 0; head < planned.heads; ++head) {
    const auto first = read_run(planned.source, head * 2 * half * columns, half * columns);
    const auto second = read_run(planned.source, (head * 2 + 1) * half * columns, half * columns);
    const auto row_bytes = half == 0 ? 0 : first.size() / half;
    std::string mixed;
    mixed.reserve(2 * first.size());
    for (std::uint64_t row = 0; row < half; ++row) {
      mixed.append(first, row * row_bytes, row_bytes);
      mixed.append(second, row * row_bytes, row_bytes);
    }
    convert(mixed);
  }
}

// The file has `columns` x `rows`; the result has `rows` x `columns`.
void produce_transposed(const PlannedTensor& planned, std::uint64_t columns, std::uint64_t rows, Converter& convert) {
  const auto& tensor = *planned.source.tensor;
  if (tensor.bytes > kTransposeMaxBytes) {
    throw Error(ErrorCode::unsupported, "tensor \"" + tensor.name + "\" is too large to transpose");
  }
  const auto width = source_bytes(tensor.type);
  const auto whole = read_run(planned.source, 0, columns * rows);
  const auto rows_at_once = std::max<std::uint64_t>(1, kPieceElements / std::max<std::uint64_t>(1, columns));
  for (std::uint64_t first = 0; first < rows; first += rows_at_once) {
    const auto last = std::min(rows, first + rows_at_once);
    std::string piece((last - first) * columns * width, '\0');
    for (std::uint64_t column = 0; column < columns; ++column) {
      for (auto row = first; row < last; ++row) {
        std::memcpy(piece.data() + ((row - first) * columns + column) * width,
                    whole.data() + (column * rows + row) * width, width);
      }
    }
    convert(piece);
  }
}

}  // namespace

void produce_data(const PlannedTensor& planned, const DataSink& sink) {
  if (!planned.source.tensor) {
    return sink({reinterpret_cast<const char*>(planned.values.data()), planned.values.size() * sizeof(float)});
  }
  Converter convert(planned, sink);
  const bool is_matrix = planned.shape.size() > 1;
  const auto rows = planned.shape.back();
  const auto columns = is_matrix ? planned.shape.front() : 1;
  switch (planned.rearrange) {
    case Rearrange::none:
      return produce_in_order(planned, rows * columns, convert);
    case Rearrange::rotary_rows:
      return produce_rotary(planned, columns, rows, convert);
    case Rearrange::transpose:
      return produce_transposed(planned, columns, rows, convert);
  }
}

}  // namespace fragua::models
