package dev.tidings.backend.products;

import dev.tidings.backend.idempotency.IdempotentWrites;
import dev.tidings.backend.idempotency.WriteResult;
import dev.tidings.backend.identity.Access;
import dev.tidings.backend.identity.OpenPath;
import dev.tidings.backend.lists.ListPage;
import dev.tidings.backend.requests.JsonBody;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** The product catalogue over HTTP: open to read, written by administrators. */
@RestController
class ProductController {
    private static final Logger log = LoggerFactory.getLogger(ProductController.class);
    private static final String LIST = "/api/v1/products";

    private final Catalogue catalogue;
    private final IdempotentWrites writes;

    ProductController(Catalogue catalogue, IdempotentWrites writes) {
        this.catalogue = catalogue;
        this.writes = writes;
    }

    @Bean
    static OpenPath productsAreOpen() {
        return OpenPath.forAnybody("GET", LIST);
    }

    /** Lists the whole catalogue in one page, inactive products included. */
    @GetMapping(LIST)
    ListPage<Product> list() {
        return new ListPage<>(catalogue.all(), null);
    }

    /** Creates a product (201), or replaces the one that has the SKU (200). */
    @PutMapping(path = "/api/v1/admin/products/{sku}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> put(Identity caller, HttpServletRequest request, @PathVariable String sku, JsonBody body) {
        Access.requireAdmin(caller);
        Product product = ProductForm.read(sku, body.json());
        return writes.run(caller, request, body.bytes(), () -> {
            WriteResult answer = switch (catalogue.put(product)) {
                case CREATED -> WriteResult.created(URI.create(LIST), product);
                case REPLACED -> WriteResult.ok(product);
                case FULL ->
                    throw Problems.refused(
                            HttpStatus.CONFLICT,
                            "the catalogue has %d products, which is the limit; replace one of them"
                                    .formatted(Catalogue.MAX_PRODUCTS));
            };
            log.info("Product {} was set to price {}, active {}", product.sku(), product.unitPrice(), product.active());
            return answer;
        });
    }
}
