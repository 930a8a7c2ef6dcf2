module osv-scanner

go 1.22.10

require github.com/google/osv-scanner v1.9.2
