package builtin.lib.credentials_test

import rego.v1

import data.builtin.lib.credentials

test_names_that_say_credential if {
	every name in ["DB_PASSWORD", "dbPassword", "PGPASSWORD", "api-key", "apiKey", "AWS_SECRET_ACCESS_KEY", "auth.token", "PASSWORD2"] {
		credentials.names_credential(name)
	}
}

test_names_that_only_mention_one if {
	every name in ["TOKEN_FILE", "secretName", "PWD", "OLDPWD", "MONKEY", "MAX_TOKEN", "imagePullSecret", "ALLOW_EMPTY_PASSWORD", ""] {
		not credentials.names_credential(name)
	}
}

test_name_of_another_type if {
	every name in [5, null, {}, []] {
		not credentials.names_credential(name)
	}
}

test_literals if {
	every value in ["example", "not-a-real-one", "a b"] {
		credentials.literal(value)
	}
}

test_references_are_no_literals if {
	every value in ["", " ", "$(FROM)", "${FROM}", "{{ .Values.x }}", "<fill-in>", "/run/secrets/x", "vault:secret/x", "true", "***", 5, null] {
		not credentials.literal(value)
	}
}

test_url_with_password if credentials.exposes("DATABASE_URL", "postgres://shop:example@db.example.com/shop")

test_url_without_password if {
	every value in ["https://example.com:8443/a@b", "postgres://shop@db.example.com", "postgres://shop:$(PASSWORD)@db.example.com"] {
		not credentials.exposes("DATABASE_URL", value)
	}
}

test_private_key if credentials.exposes("tls.pem", concat(" ", ["-----BEGIN RSA PRIVATE", "KEY-----"]))

test_settings_in_a_file if {
	credentials.exposed_in("db.user=shop\ndb.password=example\n") == {"db.password"}
	credentials.exposed_in(`{"user": "shop", "apiKey": "example"}`) == {"apiKey"}
	credentials.exposed_in("auth:\n  password: example\n") == {"password"}
}

test_settings_that_refer if {
	credentials.exposed_in("db.password=${DB_PASSWORD}\ntoken:\n  file: /run/token\nexistingSecret: shop\n") == set()
	credentials.exposed_in(5) == set()
}
