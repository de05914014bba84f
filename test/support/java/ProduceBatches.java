import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the lines of files with Kafka's own client, in large compressed batches.
 *
 * Arguments: brokers, topic, then codec=file for each file. Line n goes with key n; every tenth record has a header
 * without a value. Prints "codec ratio" for each file.
 */
public final class ProduceBatches {
    public static void main(String[] arguments) throws Exception {
        for (int i = 2; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            send(arguments[0], arguments[1], pair[0], Path.of(pair[1]));
        }
    }

    private static void send(String brokers, String topic, String codec, Path file) throws Exception {
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", brokers,
            "compression.type", codec,
            "acks", "all",
            "batch.size", 4_000_000,
            "linger.ms", 500,
            "buffer.memory", 64_000_000L,
            "max.request.size", 6_000_000);
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<byte[], byte[]>(settings, bytes, bytes); Stream<String> lines = Files.lines(file)) {
            List<Future<RecordMetadata>> sends = new java.util.ArrayList<>();
            int number = 0;
            for (String line : (Iterable<String>) lines::iterator) {
                var record = new ProducerRecord<>(topic, null, text(String.valueOf(number)), text(line));
                if (number % 10 == 0) record.headers().add("empty", null).add("traceparent", null);
                sends.add(producer.send(record));
                number += 1;
            }
            producer.flush();
            for (var sent : sends) sent.get();
            producer.metrics().forEach((name, metric) -> {
                if (name.name().equals("compression-rate-avg") && name.group().equals("producer-metrics")) {
                    System.out.println(codec + " " + metric.metricValue());
                }
            });
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
